using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Schedules;
using Portico.Platform.Time;

namespace Portico.Bookings.Schedules;

/// <summary>
/// Lets go what nobody confirmed, approved or paid in time. Whoever asks for the slot does so themselves and need not wait
/// for this; it is for those who look, and for the waiting list.
/// </summary>
internal sealed class ExpireLapsed(Database<BookingsModule> database, TimeProvider time) : IScheduledJob
{
    public const string Name = "expire-lapsed";

    public const string Due = "bookings.expires_at <= @now";

    public Task RunAsync(CancellationToken cancellationToken) => DoAsync(cancellationToken);

    /// <summary>Answers how many lapsed.</summary>
    public Task<int> DoAsync(CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        return database.ForEachDueAsync(
            Due,
            new { now },
            async (change, booking) =>
            {
                await change.ExpireAsync(booking, now, cancellationToken);
                return true;
            },
            cancellationToken);
    }
}
