using Microsoft.Extensions.Options;
using Portico.Bookings.Data;
using Portico.Bookings.Features.Bookings;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Waiting;

/// <summary>
/// Offers what came free to those who wait for it: a hold for the first whose whole time is free, then the next. Each turn is
/// a transaction of its own, under the locks that every booking takes, so that it does not matter how many try to serve the
/// same line at once, nor how often.
/// </summary>
/// <remarks>
/// The time may come free while the line is walked: who was asked about before then found it taken. So whoever is not the first
/// has their turn only once everybody before them was asked about again.
/// </remarks>
internal sealed class WaitingLine(IServiceScopeFactory scopes, IOptions<BookingsOptions> options, TimeProvider time)
{
    /// <summary>Serves those who wait for some time of a space, or of what shares a part with it. Answers how many had their turn.</summary>
    public async Task<int> ServeAsync(Guid locationId, Guid spaceId, DateTimeOffset startsAt, DateTimeOffset endsAt, CancellationToken cancellationToken)
    {
        // Apart from the request that noticed: its transaction may yet be undone, and its locks have another order.
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<Database<BookingsModule>>();
        var served = 0;
        List<WaitingEntry> waiting = [.. await database.InLineAsync(locationId, spaceId, startsAt, endsAt, time.GetStoredNow(), cancellationToken)];
        HashSet<Guid> next = [];
        for (var place = 0; place < waiting.Count;)
        {
            var entry = waiting[place];
            switch (await OfferAsync(database, entry, isNext: place == 0 || next.Contains(entry.Id), cancellationToken))
            {
                case Turn.NotYet:
                    next.Add(entry.Id);
                    place = 0;
                    break;
                case Turn.Served:
                    served++;
                    waiting.RemoveAt(place);
                    break;
                default:
                    place++;
                    break;
            }
        }

        return served;
    }

    /// <param name="isNext">Whether the offer is made, or only found possible.</param>
    private async Task<Turn> OfferAsync(Database<BookingsModule> database, WaitingEntry entry, bool isNext, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        if (await Wishes.ReadAsync(database, entry, now, cancellationToken) is not { } wish)
        {
            return Turn.NotFree;
        }

        await using var change = await database.BeginAsync(cancellationToken);
        var placement = await change.PlaceAsync(wish, now, Earlier(now + options.Value.OfferFor, entry.StartsAt), Line.WasServed, cancellationToken);
        if (placement.Booking is not { } offer)
        {
            await change.CommitAsync(cancellationToken);
            return Turn.NotFree;
        }

        if (!isNext)
        {
            return Turn.NotYet;
        }

        // Whoever left meanwhile, or was served by somebody else, has no turn any more, and the hold is undone.
        if (await change.ExecuteAsync(
            "update waiting_entries set status = 'offered', booking_id = @BookingId where id = @Id and status = 'waiting'",
            new { entry.Id, BookingId = offer.Id }, cancellationToken) == 0)
        {
            return Turn.NotFree;
        }

        change.Publish(new BookingHeld(offer.Fact(), offer.ExpiresAt!.Value, true, now));
        await change.CommitAsync(cancellationToken);
        return Turn.Served;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private enum Turn
    {
        NotFree,

        /// <summary>It could be had, and was not given: those before them come first.</summary>
        NotYet,
        Served,
    }
}
