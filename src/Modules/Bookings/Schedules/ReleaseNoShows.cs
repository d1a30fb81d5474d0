using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;
using Portico.Bookings.Features.Bookings;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Schedules;
using Portico.Platform.Time;

namespace Portico.Bookings.Schedules;

/// <summary>Frees what nobody came for. Whoever is in the house has come, also without a check-in of their own.</summary>
internal sealed class ReleaseNoShows(Database<BookingsModule> database, TimeProvider time) : IScheduledJob
{
    public const string Name = "release-no-shows";

    // The start is in it for the index: what is yet to come is not looked at.
    public const string Due =
        """
        bookings.status = 'confirmed' and bookings.starts_at < @now
        and least(bookings.starts_at + make_interval(mins => space.release_after_minutes), bookings.ends_at) <= @now
        and space.release_after_minutes is not null
        """;

    public Task RunAsync(CancellationToken cancellationToken) => DoAsync(cancellationToken);

    /// <summary>Answers how many were released.</summary>
    public Task<int> DoAsync(CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        return database.ForEachDueAsync(Due, new { now }, (change, booking) => ReleaseAsync(change, booking, now, cancellationToken), cancellationToken);
    }

    private static async Task<bool> ReleaseAsync(Change change, BookingRow booking, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await change.FindVisitAsync(booking, cancellationToken) is { } visit)
        {
            await change.CheckInAsync(booking, CheckInWay.Pass, null, visit, now, cancellationToken);
            return false;
        }

        var released = await change.StepAsync(booking, new(BookingAct.NoShow, null, null, now), null, cancellationToken)
            ?? throw new InvalidOperationException($"{booking.Id} cannot be released.");
        change.Publish(new BookingNoShow(released.Fact(), now));
        return true;
    }
}
