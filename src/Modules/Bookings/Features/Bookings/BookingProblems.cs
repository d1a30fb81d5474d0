using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Bookings;

/// <summary>What several features say about a booking they cannot work with.</summary>
internal static class BookingProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("booking-not-found", "There is no such booking.");

    public static ProblemHttpResult SpaceNotFound() => Problems.NotFound("space-not-found", "There is no such space.");

    /// <summary>It stands otherwise than what was asked needs.</summary>
    public static ProblemHttpResult WrongState(BookingRow booking, string detail) =>
        Problems.Conflict("booking-state", detail, ("state", booking.Status));

    /// <summary>Null while the booking can be worked with. One that has lapsed is let go, and that is committed.</summary>
    public static async Task<ProblemHttpResult?> RefuseLapsedAsync(
        this Change change, BookingRow booking, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!booking.HasLapsed(now))
        {
            return null;
        }

        await change.ExpireAsync(booking, now, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return Lapsed(booking);
    }

    public static ProblemHttpResult Lapsed(BookingRow booking) =>
        Problems.Conflict("hold-expired", "It was not confirmed in time; the slot is free again.", ("expired_at", booking.ExpiresAt));
}
