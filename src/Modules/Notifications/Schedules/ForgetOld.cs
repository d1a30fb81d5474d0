using Microsoft.Extensions.Options;
using Portico.Platform.Data;
using Portico.Platform.Schedules;

namespace Portico.Notifications.Schedules;

/// <summary>Drops what can be of no use any more: each table says after how long. What was given up stays until somebody looks at it.</summary>
internal sealed class ForgetOld(Database<NotificationsModule> database, IOptions<NotificationsOptions> options, TimeProvider time) : IScheduledJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var keep = TimeSpan.FromDays(options.Value.KeepDays);
        (string Sql, TimeSpan After)[] tables =
        [
            ("delete from answers where created_at < @before", TimeSpan.FromDays(2)),
            ("delete from inbox where received_at < @before", TimeSpan.FromDays(30)),
            ("delete from notifications where created_at < @before", keep),
            ("delete from deliveries where settled_at < @before and status in ('sent', 'dropped')", keep),
        ];
        foreach (var (sql, after) in tables)
        {
            await using var change = await database.BeginAsync(cancellationToken);
            await change.ExecuteAsync(sql, new { before = time.GetUtcNow() - after }, cancellationToken);
            await change.CommitAsync(cancellationToken);
        }
    }
}
