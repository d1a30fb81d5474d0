using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Schedules;

namespace Portico.Bookings.Schedules;

/// <summary>
/// Lets go what nobody confirmed, approved or paid in time. Whoever asks for the slot does so themselves and need not wait
/// for this; it is for those who look, and for the waiting list.
/// </summary>
internal sealed class ExpireLapsed(Database<BookingsModule> database, TimeProvider time) : IScheduledJob
{
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return database.ForEachDueAsync(
            "bookings.expires_at <= @now", new { now }, (change, booking) => change.ExpireAsync(booking, now, cancellationToken), cancellationToken);
    }
}
