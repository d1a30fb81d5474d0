using Microsoft.Extensions.Options;
using Portico.Platform.Data;
using Portico.Platform.Schedules;

namespace Portico.Activity.Schedules;

/// <summary>Makes the next month's part of the audit trail, and drops those that are older than the trail is kept.</summary>
internal sealed class KeepAudit(Database<ActivityModule> database, IOptions<ActivityOptions> options) : IScheduledJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        await change.ExecuteAsync("select audit.ensure_month(now()), audit.ensure_month(now() + interval '1 month')", null, cancellationToken);
        if (options.Value.AuditKeepMonths is > 0 and var months)
        {
            await change.ExecuteAsync("select audit.drop_older(@months)", new { months }, cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
    }
}
