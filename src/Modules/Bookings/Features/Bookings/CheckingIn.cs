using Portico.Bookings.Data;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.States;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Bookings;

/// <summary>How somebody came for a booking.</summary>
internal enum CheckInWay
{
    SpaceCode,
    Pass,
    Staff,
}

/// <summary>People who come for their bookings.</summary>
internal static class CheckingIn
{
    /// <summary>Null when the booking can be checked in to now.</summary>
    public static ProblemHttpResult? Refuse(BookingRow booking, DateTimeOffset now, BookingsOptions options) => booking switch
    {
        { State: BookingStatus.CheckedIn } => Problems.Conflict("already-checked-in", "Somebody has checked in to it.", ("checked_in_at", booking.CheckedInAt)),
        { State: not BookingStatus.Confirmed } => BookingProblems.WrongState(booking, "Only a confirmed booking can be checked in to."),
        _ when now < booking.StartsAt - options.CheckInEarly => Problems.Conflict(
            "check-in-not-open", "It is too early.", ("opens_at", booking.StartsAt - options.CheckInEarly)),
        _ when now >= booking.EndsAt => Problems.Conflict("booking-over", "The booking is over.", ("ended_at", booking.EndsAt)),
        _ => null,
    };

    /// <summary>Checks in to a booking that <see cref="Refuse"/> did not refuse.</summary>
    /// <param name="by">Who checks in: the owner, or staff.</param>
    /// <param name="visitId">The visit it belongs to, when there is one already.</param>
    public static async Task<BookingRow> CheckInAsync(
        this Change change, BookingRow booking, CheckInWay way, Guid? by, Guid? visitId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var visit = visitId ?? await change.FindVisitAsync(booking, cancellationToken);
        var present = await change.StepAsync(booking with { VisitId = visit }, new(BookingAct.CheckIn, by, null, now), null, cancellationToken)
            ?? throw new InvalidOperationException($"{booking.Id} cannot be checked in to.");
        change.Publish(new BookingCheckedIn(present.Fact(), way.Word(), visit, now));
        return present;
    }
}
