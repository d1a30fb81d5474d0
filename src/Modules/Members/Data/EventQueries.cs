using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Members.Data;

/// <summary>Events as those see them who run them. What is at somebody else's location does not exist.</summary>
internal static class EventQueries
{
    private const string Run = $"select {EventRow.Columns} from events where id = @id and {LocationScope.Sql}";

    public static Task<EventRow?> FindRunEventAsync(
        this Database<MembersModule> database, Guid id, CurrentUser user, CancellationToken cancellationToken) =>
        database.FindAsync<EventRow>(Run, new { id, isAdmin = user.IsAdmin, userId = user.Id }, cancellationToken);

    /// <summary>
    /// The event, held alone until the change ends: scans that came first are seen, those that come later see what was
    /// changed. Taken before anything else is locked.
    /// </summary>
    public static async Task<EventRow?> TakeEventAsync(this Change change, Guid id, CurrentUser user, CancellationToken cancellationToken)
    {
        await change.TakeEventAsync(id, cancellationToken);
        return await change.FindAsync<EventRow>(Run, new { id, isAdmin = user.IsAdmin, userId = user.Id }, cancellationToken);
    }

    // A statement of its own: what follows has to see what was committed while this one waited.
    public static Task TakeEventAsync(this Change change, Guid id, CancellationToken cancellationToken) =>
        change.ExecuteAsync("select pg_advisory_xact_lock(event_lock(@id))", new { id }, cancellationToken);
}
