using Portico.Platform.Data;
using Portico.Platform.Schedules;

namespace Portico.Members.Schedules;

/// <summary>Drops what can be of no use any more: each table says after how long.</summary>
internal sealed class PurgeExpired(Database<MembersModule> database, TimeProvider time) : IScheduledJob
{
    private static readonly (string Sql, TimeSpan After)[] Tables =
    [
        // A scan sent again after seven days is refused as too old before anybody looks here. What staff may have to sort out stays a year.
        ("delete from door_scans where received_at < @before and outcome <> 'scan-conflict'", TimeSpan.FromDays(30)),
        ("delete from door_scans where received_at < @before", TimeSpan.FromDays(365)),
    ];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var (sql, after) in Tables)
        {
            await using var change = await database.BeginAsync(cancellationToken);
            await change.ExecuteAsync(sql, new { before = now - after }, cancellationToken);
            await change.CommitAsync(cancellationToken);
        }
    }
}
