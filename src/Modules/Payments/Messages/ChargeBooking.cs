using Portico.Contracts.Bookings;
using Portico.Payments.Data;
using Portico.Payments.Providers;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Time;

namespace Portico.Payments.Messages;

/// <summary>What a booking costs appears on its member's account once it is granted, and follows its price from then on.</summary>
internal sealed class ChargeBooking(ProviderBell bell, TimeProvider time) :
    IHandleEvent<BookingAwaitsPayment>, IHandleEvent<BookingConfirmed>, IHandleEvent<BookingChanged>
{
    public Task HandleAsync(BookingAwaitsPayment fact, Change change, CancellationToken cancellationToken) => ChargeAsync(change, fact.Booking, cancellationToken);

    // What staff confirm themselves may not have been asked for yet.
    public Task HandleAsync(BookingConfirmed fact, Change change, CancellationToken cancellationToken) => ChargeAsync(change, fact.Booking, cancellationToken);

    public async Task HandleAsync(BookingChanged fact, Change change, CancellationToken cancellationToken)
    {
        if (!await change.FindAsync<bool>("select exists (select from charged_bookings where booking_id = @BookingId)", fact.Booking, cancellationToken))
        {
            return;
        }

        var now = time.GetStoredNow();
        await change.OpenAllAsync(fact.Booking.MemberId, cancellationToken);
        if (fact.GiveBack > 0)
        {
            await change.GiveBackAsync(fact.Booking, fact.GiveBack, "The booking costs less.", now, cancellationToken);
        }

        await change.OweAsync(fact.Booking, fact.Booking.Total, "The booking was changed.", now, cancellationToken);
        change.AfterCommit(bell.Ring);
    }

    private async Task ChargeAsync(Change change, BookedTime booking, CancellationToken cancellationToken)
    {
        await change.OpenAllAsync(booking.MemberId, cancellationToken);
        await change.ExecuteAsync("insert into charged_bookings (booking_id) values (@BookingId) on conflict do nothing", booking, cancellationToken);
        await change.OweAsync(booking, booking.Total, "The price is another.", time.GetStoredNow(), cancellationToken);
        change.AfterCommit(bell.Ring);
    }
}
