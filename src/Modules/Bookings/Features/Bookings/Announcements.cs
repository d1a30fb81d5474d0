using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Bookings;

/// <summary>What other modules are told when a booking comes nearer to standing.</summary>
internal static class Announcements
{
    /// <param name="by">Who or what confirmed it, if it is confirmed now: the words of <see cref="BookingConfirmed"/>.</param>
    public static void Announce(this Change change, BookingRow booking, string by, DateTimeOffset at, Guid? paymentId = null)
    {
        switch (booking.State)
        {
            case BookingStatus.PendingApproval:
                change.Publish(new BookingAwaitsApproval(booking.Fact(), booking.ExpiresAt!.Value, at));
                break;
            case BookingStatus.AwaitingPayment:
                change.Publish(new BookingAwaitsPayment(booking.Fact(), booking.ExpiresAt!.Value, at));
                break;
            case BookingStatus.Confirmed:
                change.Publish(new BookingConfirmed(booking.Fact(), by, paymentId, at));
                break;
        }
    }
}
