using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Schedules;

namespace Portico.Bookings.Schedules;

/// <summary>Bookings whose time is over took place: those somebody checked in to, and those that need no check-in.</summary>
internal sealed class CompleteEnded(Database<BookingsModule> database, TimeProvider time) : IScheduledJob
{
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return database.ForEachDueAsync(
            """
            bookings.ends_at <= @now
            and (bookings.status = 'checked_in' or bookings.status = 'confirmed' and space.release_after_minutes is null)
            """,
            new { now },
            async (change, booking) => await change.CompleteAsync(booking, null, booking.EndsAt, cancellationToken),
            cancellationToken);
    }
}
