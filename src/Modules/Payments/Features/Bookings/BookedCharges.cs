using Portico.Contracts.Bookings;
using Portico.Payments.Messages;
using Portico.Platform.Messaging;

namespace Portico.Payments.Features.Bookings;

/// <summary>What Payments does when bookings are made, changed and ended.</summary>
internal static class BookedCharges
{
    public static void AddBookedCharges(this IServiceCollection services)
    {
        services.AddEventHandler<PaymentsModule, BookingAwaitsPayment, ChargeBooking>();
        services.AddEventHandler<PaymentsModule, BookingConfirmed, ChargeBooking>();
        services.AddEventHandler<PaymentsModule, BookingChanged, ChargeBooking>();
        services.AddEventHandler<PaymentsModule, BookingExpired, ReleaseBooking>();
        services.AddEventHandler<PaymentsModule, BookingPaymentFailed, ReleaseBooking>();
        services.AddEventHandler<PaymentsModule, BookingCancelled, ReleaseBooking>();
        services.AddEventHandler<PaymentsModule, BookingPaymentRefused, ReleaseBooking>();
    }
}
