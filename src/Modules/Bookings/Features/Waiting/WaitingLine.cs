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
    private readonly Dictionary<Wanted, Task<int>> aboutToBegin = [];
    private readonly SpaceQueue walks = new();

    /// <summary>Serves those who wait for some time of a space, or of what shares a part with it. Answers how many had their turn.</summary>
    /// <remarks>
    /// Of a crowd that finds the same line each would walk it, and all of them would queue for its locks: those who come before a
    /// walk has begun share it. Whoever comes later needs the next one, since what they have seen free was not free for this one.
    /// </remarks>
    public async Task<int> ServeAsync(Guid locationId, Guid spaceId, DateTimeOffset startsAt, DateTimeOffset endsAt, CancellationToken cancellationToken)
    {
        var wanted = new Wanted(locationId, spaceId, startsAt, endsAt);
        Task<int>? walk;
        bool shared;
        lock (aboutToBegin)
        {
            shared = aboutToBegin.TryGetValue(wanted, out walk);
            if (!shared)
            {
                // For all who share it: nobody who goes away ends it for the others.
                aboutToBegin[wanted] = walk = Task.Run(() => WalkInTurnAsync(wanted), CancellationToken.None);
            }
        }

        var served = await walk!.WaitAsync(cancellationToken);
        return shared ? 0 : served;
    }

    private async Task<int> WalkInTurnAsync(Wanted wanted)
    {
        using var turn = await walks.EnterAsync(wanted.SpaceId, CancellationToken.None);
        lock (aboutToBegin)
        {
            aboutToBegin.Remove(wanted);
        }

        return await WalkAsync(wanted, CancellationToken.None);
    }

    private async Task<int> WalkAsync(Wanted wanted, CancellationToken cancellationToken)
    {
        // Apart from the request that noticed: its transaction may yet be undone, and its locks have another order.
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<Database<BookingsModule>>();
        var served = 0;
        List<WaitingEntry> waiting = [.. await database.InLineAsync(wanted.LocationId, wanted.SpaceId, wanted.StartsAt, wanted.EndsAt, time.GetStoredNow(), cancellationToken)];
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

    private sealed record Wanted(Guid LocationId, Guid SpaceId, DateTimeOffset StartsAt, DateTimeOffset EndsAt);

    private enum Turn
    {
        NotFree,

        /// <summary>It could be had, and was not given: those before them come first.</summary>
        NotYet,
        Served,
    }
}
