using Portico.Platform.Data;

namespace Portico.Members.Data;

/// <summary>Who is expected at an event. Changed only while the event is held alone.</summary>
internal static class RosterQueries
{
    public const int Longest = 2000;

    /// <summary>Those of the ids that are nobody's.</summary>
    public static Task<IReadOnlyList<Guid>> FindUnknownAsync(this Change change, IReadOnlyList<Guid> memberIds, CancellationToken cancellationToken) =>
        change.QueryAsync<Guid>(
            """
            select distinct asked.id from unnest(@memberIds) as asked (id)
            where not exists (select from profiles where profiles.id = asked.id and profiles.status <> 'deleted')
            """, new { memberIds }, cancellationToken);

    public static Task<int> AddToRosterAsync(
        this Change change, Guid eventId, IReadOnlyList<Guid> memberIds, Guid addedBy, DateTimeOffset now, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            """
            insert into event_roster (event_id, member_id, added_by, added_at)
            select @eventId, asked.id, @addedBy, @now from unnest(@memberIds) as asked (id)
            on conflict do nothing
            """, new { eventId, memberIds, addedBy, now }, cancellationToken);
}
