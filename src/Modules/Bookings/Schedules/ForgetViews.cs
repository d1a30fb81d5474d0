using Portico.Bookings.Features.Live;
using Portico.Platform.Data;
using Portico.Platform.Schedules;
using Portico.Platform.Time;

namespace Portico.Bookings.Schedules;

/// <summary>Who looked at which space is nobody's business once they no longer do.</summary>
internal sealed class ForgetViews(Database<BookingsModule> database, TimeProvider time) : IScheduledJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        await change.ExecuteAsync(
            "delete from space_views where seen_at <= @since", new { since = time.GetStoredNow() - ShowContention.Attention }, cancellationToken);
        await change.CommitAsync(cancellationToken);
    }
}
