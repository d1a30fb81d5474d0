using Portico.Bookings.Features.Waiting;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Bookings.Messages;

/// <summary>Whatever frees time gives those who wait for it their turn. Serving a line twice is serving it once.</summary>
internal sealed class OfferFreedTime(WaitingLine line) :
    IHandleEvent<BookingCancelled>, IHandleEvent<BookingExpired>, IHandleEvent<BookingPaymentFailed>, IHandleEvent<BookingNoShow>,
    IHandleEvent<BookingCompleted>, IHandleEvent<BookingChanged>
{
    public Task HandleAsync(BookingCancelled fact, Change change, CancellationToken cancellationToken) => ServeAsync(fact.Booking, cancellationToken);

    public Task HandleAsync(BookingExpired fact, Change change, CancellationToken cancellationToken) => ServeAsync(fact.Booking, cancellationToken);

    public Task HandleAsync(BookingPaymentFailed fact, Change change, CancellationToken cancellationToken) => ServeAsync(fact.Booking, cancellationToken);

    public Task HandleAsync(BookingNoShow fact, Change change, CancellationToken cancellationToken) => ServeAsync(fact.Booking, cancellationToken);

    public Task HandleAsync(BookingCompleted fact, Change change, CancellationToken cancellationToken) => ServeAsync(fact.Booking, cancellationToken);

    public Task HandleAsync(BookingChanged fact, Change change, CancellationToken cancellationToken) => ServeAsync(fact.Before, cancellationToken);

    private Task<int> ServeAsync(BookedTime freed, CancellationToken cancellationToken) =>
        line.ServeAsync(freed.LocationId, freed.DeskId ?? freed.SpaceId, freed.StartsAt, freed.EndsAt, cancellationToken);
}
