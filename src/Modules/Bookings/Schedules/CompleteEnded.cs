using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Schedules;
using Portico.Platform.Time;

namespace Portico.Bookings.Schedules;

/// <summary>Bookings whose time is over took place: those somebody checked in to, and those that need no check-in.</summary>
internal sealed class CompleteEnded(Database<BookingsModule> database, TimeProvider time) : IScheduledJob
{
    public const string Name = "complete-ended";

    // The start is in it for the index: what is yet to come is not looked at.
    public const string Due =
        """
        bookings.starts_at < @now and bookings.ends_at <= @now
        and (bookings.status = 'checked_in' or bookings.status = 'confirmed' and space.release_after_minutes is null)
        """;

    public Task RunAsync(CancellationToken cancellationToken) => DoAsync(cancellationToken);

    /// <summary>Answers how many were completed.</summary>
    public Task<int> DoAsync(CancellationToken cancellationToken) => database.ForEachDueAsync(
        Due,
        new { now = time.GetStoredNow() },
        async (change, booking) => await change.CompleteAsync(booking, null, booking.EndsAt, cancellationToken) is not null,
        cancellationToken);
}
