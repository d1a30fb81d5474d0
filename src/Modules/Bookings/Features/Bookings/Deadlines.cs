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
            BookingStatus.Held => step.At + options.HoldFor,
            // Nothing has to be decided about a booking that should have begun.
            BookingStatus.PendingApproval => Earlier(step.At + options.ApproveWithin, booking.StartsAt),
            BookingStatus.AwaitingPayment => step.At + options.PayWithin,
            _ => null,
        };

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
