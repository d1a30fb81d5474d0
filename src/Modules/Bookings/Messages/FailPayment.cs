using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;
using Portico.Contracts.Bookings;
using Portico.Contracts.Payments;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Time;

namespace Portico.Bookings.Messages;

/// <summary>What cannot be paid is free for others.</summary>
internal sealed class FailPayment(TimeProvider time) : IHandleEvent<PaymentFailed>
{
    public async Task HandleAsync(PaymentFailed fact, Change change, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        if (await change.LockBookingAsync("bookings.id = @BookingId", fact, cancellationToken) is { } booking
            && await change.StepAsync(booking, new(BookingAct.PaymentFails, null, null, now), null, cancellationToken) is { } failed)
        {
            await Credits.GiveBackAsync(change, failed.Id, failed.CreditHours, null, now, cancellationToken);
            change.Publish(new BookingPaymentFailed(failed.Fact(), fact.Reason, now));
        }
    }
}
