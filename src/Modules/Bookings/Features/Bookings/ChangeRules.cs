using Portico.Bookings.Data;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.States;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Bookings;

/// <summary>What may be changed about a booking, by whom. Whether the slot can be had is not looked at here.</summary>
internal static class ChangeRules
{
    /// <summary>Null when it may be tried.</summary>
    public static ProblemHttpResult? Refuse(BookingRow booking, HoldSpaceRequest wanted, Guid userId, DateTimeOffset now)
    {
        if (!booking.State.IsBlocking() || booking.HasLapsed(now) || booking.EndsAt <= now)
        {
            return BookingProblems.WrongState(booking, "The booking is over, or does not stand.");
        }

        var (moves, begins) = (wanted.SpaceId != booking.SpaceId || wanted.StartsAt != booking.StartsAt, booking.StartsAt <= now);
        if (moves && (begins || booking.State is BookingStatus.CheckedIn))
        {
            return Problems.Conflict("booking-begun", "The booking has begun: only its end can be changed.");
        }

        if (booking.MemberId != userId)
        {
            return null;
        }

        if (booking.NeedsApproval && IsAgreed(booking) && (moves || wanted.EndsAt > booking.EndsAt))
        {
            return Problems.Conflict("approval-needed", "Staff agreed to this time and space: ask them for another.");
        }

        return moves && Keeps(booking, now) ? TooLate() : null;
    }

    /// <summary>Null when the booking may go to the space. One that staff agree to is not had by moving there what stands elsewhere.</summary>
    public static ProblemHttpResult? RefuseSpace(BookingRow booking, Wish wish) =>
        wish.Space.NeedsApproval && wish.Space.Id != booking.SpaceId && booking.MemberId == wish.By && IsAgreed(booking)
            ? Problems.Conflict("approval-needed", "Staff have to agree to bookings of that space: hold it anew, or ask them.")
            : null;

    /// <summary>
    /// Null when the price may change so. Otherwise what a cancellation would keep, of money or hours, could be had back by way of
    /// a change.
    /// </summary>
    public static ProblemHttpResult? RefusePrice(BookingRow before, Quote quote, Guid? userId, DateTimeOffset now) =>
        before.MemberId == userId && (quote.Total < before.Total || quote.CreditHoursUsed < before.CreditHours) && Keeps(before, now) ? TooLate() : null;

    private static bool IsAgreed(BookingRow booking) =>
        booking.State is BookingStatus.AwaitingPayment or BookingStatus.Confirmed or BookingStatus.CheckedIn;

    private static bool Keeps(BookingRow booking, DateTimeOffset now) => Cancelling.MeaningOf(booking, now, byStaff: false).PercentKept > 0;

    private static ProblemHttpResult TooLate() => Problems.Conflict(
        "change-too-late", "So near to its start a cancellation is not free any more, and neither is a change. Ask staff.");
}
