using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;

namespace Portico.Bookings.Features.Bookings;

/// <summary>When what a booking waits for has to have happened.</summary>
internal static class Deadlines
{
    /// <summary>Null where the step leads to a status that waits for nothing.</summary>
    public static DateTimeOffset? After(BookingRow booking, BookingStep step, BookingsOptions options) =>
        BookingStates.Next(booking.State, step.Act, booking.Terms) switch
        {
            BookingStatus.Held => Earlier(step.At + options.HoldFor, booking.EndsAt),
            // Nothing has to be decided about a booking that should have begun, unless it was asked for when it began.
            BookingStatus.PendingApproval => Earlier(step.At + options.ApproveWithin, booking.StartsAt > step.At ? booking.StartsAt : booking.EndsAt),
            // A payment is not waited for longer than there is something to pay for.
            BookingStatus.AwaitingPayment => Earlier(step.At + options.PayWithin, booking.EndsAt),
            _ => null,
        };

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
