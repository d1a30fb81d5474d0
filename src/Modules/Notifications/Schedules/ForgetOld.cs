using Microsoft.Extensions.Options;
using Portico.Platform.Data;
using Portico.Platform.Schedules;

namespace Portico.Notifications.Schedules;

/// <summary>Drops what was told and done long ago. What was given up stays until somebody looks at it.</summary>
internal sealed class ForgetOld(Database<NotificationsModule> database, IOptions<NotificationsOptions> options, TimeProvider time) : IScheduledJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - TimeSpan.FromDays(options.Value.KeepDays);
        string[] statements =
        [
            "delete from notifications where created_at < @before",
            "delete from deliveries where settled_at < @before and status in ('sent', 'dropped')",
        ];
        foreach (var sql in statements)
        {
            await using var change = await database.BeginAsync(cancellationToken);
            await change.ExecuteAsync(sql, new { before }, cancellationToken);
            await change.CommitAsync(cancellationToken);
        }
    }
}
