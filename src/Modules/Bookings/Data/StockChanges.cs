using Portico.Bookings.Domain.Stock;
using Portico.Platform.Data;

namespace Portico.Bookings.Data;

/// <summary>Changes how many there are of what is out already.</summary>
internal static class StockChanges
{
    /// <summary>
    /// Gives the pieces of an amenity anew, so that what is ordered holds with another stock too; the caller has its lock. Answers
    /// how many are needed when that is more than there are to be, and then nothing was changed.
    /// </summary>
    /// <param name="stock">Null: there is no limit, and nothing to give.</param>
    public static async Task<int?> GiveAnewAsync(this Change change, Guid amenityId, int? stock, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Locked: whoever gives a booking back meanwhile gives back its pieces as they are then.
        var found = await change.QueryAsync<Ordered>(
            """
            select bookings.id, bookings.starts_at, bookings.ends_at, bookings.expires_at, booking_services.quantity
            from booking_services join bookings on bookings.id = booking_services.booking_id
            where booking_services.amenity_id = @amenityId and bookings.ends_at > @now
              and bookings.status in ('held', 'pending_approval', 'awaiting_payment', 'confirmed', 'checked_in')
            order by bookings.id
            for no key update of bookings
            """, new { amenityId, now }, cancellationToken);
        await change.ExpireAsync(found.Where(order => order.ExpiresAt <= now).Select(order => order.Id), now, cancellationToken);
        var orders = found.Where(order => !(order.ExpiresAt <= now)).Select(order => new PieceOrder(order.Id, order.StartsAt, order.EndsAt, order.Quantity)).ToList();
        if (Pieces.MostAtOnce(orders) is var needed && needed > stock)
        {
            return needed;
        }

        var given = stock is { } pieces ? Pieces.Give(orders, pieces).ToList() : [];
        // What is over claims nothing any more.
        await change.ExecuteAsync(
            """
            delete from amenity_claims where amenity_id = @amenityId;
            insert into amenity_claims (amenity_id, piece, during, booking_id)
            select @amenityId, piece, tstzrange(starts_at, ends_at), bookings.id
            from unnest(@bookings, @pieces) as given (booking, piece) join bookings on bookings.id = booking
            """,
            new { amenityId, bookings = given.Select(one => one.Order.BookingId).ToArray(), pieces = given.Select(one => one.Piece).ToArray() },
            cancellationToken);
        return null;
    }

    private sealed record Ordered(Guid Id, DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset? ExpiresAt, int Quantity);
}
