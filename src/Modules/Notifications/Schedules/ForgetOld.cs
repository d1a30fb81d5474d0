using Microsoft.Extensions.Options;
using Portico.Platform.Data;
using Portico.Platform.Schedules;

namespace Portico.Notifications.Schedules;

/// <summary>Drops what was told, done or given up long ago.</summary>
internal sealed class ForgetOld(Database<NotificationsModule> database, IOptions<NotificationsOptions> options, TimeProvider time) : IScheduledJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - TimeSpan.FromDays(options.Value.KeepDays);
        string[] statements =
        [
            "delete from notifications where created_at < @before",
            "delete from webhook_attempts where at < @before",
            "delete from deliveries where settled_at < @before",
        ];
        foreach (var sql in statements)
        {
            await using var change = await database.BeginAsync(cancellationToken);
            await change.ExecuteAsync(sql, new { before }, cancellationToken);
            await change.CommitAsync(cancellationToken);
        }
    }
}
