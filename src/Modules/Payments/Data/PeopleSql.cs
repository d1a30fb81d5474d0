using Portico.Platform.Data;

namespace Portico.Payments.Data;

internal static class PeopleSql
{
    /// <summary>Whether there is, or was, such a person.</summary>
    public static Task<bool> KnowsAsync(this Database<PaymentsModule> database, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync<bool>("select exists (select from people where id = @id)", new { id }, cancellationToken);

    /// <summary>Whether there is somebody to charge.</summary>
    public static async Task<bool> IsMemberAsync(this Change change, Guid id, CancellationToken cancellationToken) =>
        await change.FindAsync<bool>("select exists (select from people where id = @id and status = 'active')", new { id }, cancellationToken);
}
