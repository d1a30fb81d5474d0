using Portico.Contracts.Bookings;
using Portico.Payments.Data;
using Portico.Payments.Providers;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Time;

namespace Portico.Payments.Messages;

/// <summary>A booking that is no more costs what its policy keeps, and the rest goes back.</summary>
internal sealed class ReleaseBooking(ProviderBell bell, TimeProvider time) :
    IHandleEvent<BookingExpired>, IHandleEvent<BookingPaymentFailed>, IHandleEvent<BookingCancelled>, IHandleEvent<BookingPaymentRefused>
{
    public Task HandleAsync(BookingExpired fact, Change change, CancellationToken cancellationToken) =>
        ReleaseAsync(change, fact.Booking, 0, 0, "It was not paid in time.", cancellationToken);

    public Task HandleAsync(BookingPaymentFailed fact, Change change, CancellationToken cancellationToken) =>
        ReleaseAsync(change, fact.Booking, 0, 0, "The payment failed.", cancellationToken);

    public Task HandleAsync(BookingCancelled fact, Change change, CancellationToken cancellationToken) =>
        ReleaseAsync(change, fact.Booking, fact.Kept, fact.GiveBack, "The booking was cancelled.", cancellationToken);

    public async Task HandleAsync(BookingPaymentRefused fact, Change change, CancellationToken cancellationToken)
    {
        if (await change.LockPaymentAsync("id = @PaymentId and status = 'succeeded'", fact, cancellationToken) is { Left: > 0 } payment)
        {
            await change.GiveBackAsync(
                payment, Math.Min(fact.Amount, payment.Left), $"The booking could not stand: {fact.Reason}.", $"refused:{payment.Id}", Ledger.Nobody,
                time.GetStoredNow(), cancellationToken);
            change.AfterCommit(bell.Ring);
        }
    }

    private async Task ReleaseAsync(Change change, BookedTime booking, decimal kept, decimal giveBack, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await change.OpenAllAsync(booking.MemberId, cancellationToken);
        if (giveBack > 0)
        {
            await change.GiveBackAsync(booking, giveBack, reason, now, cancellationToken);
        }

        await change.ExecuteAsync("delete from charged_bookings where booking_id = @BookingId", booking, cancellationToken);
        await change.OweAsync(booking, kept, reason, now, cancellationToken);
        change.AfterCommit(bell.Ring);
    }
}
