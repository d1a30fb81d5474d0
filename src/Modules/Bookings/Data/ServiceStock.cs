using Portico.Bookings.Domain.Prices;
using Portico.Platform.Data;

namespace Portico.Bookings.Data;

/// <summary>An amenity of which there are not enough to go round.</summary>
internal sealed record Shortage(Guid AmenityId, int Wanted, int Left);

/// <summary>
/// Gives out what there is a limited number of. Each piece is claimed like a space, so the constraint holds whatever is
/// asked of it at once; what there is no limit to is not counted.
/// </summary>
internal static class ServiceStock
{
    /// <summary>The pieces that each amenity wanted has left from <c>@startsAt</c> to <c>@endsAt</c>, no more of them than wanted.</summary>
    private const string FreePieces =
        """
        unnest(@amenities, @quantities) as wanted (id, quantity)
        join amenities on amenities.id = wanted.id
        left join lateral (
            select piece from generate_series(1, amenities.stock) as piece
            where not exists (
                select from amenity_claims as other
                where other.amenity_id = wanted.id and other.piece = piece.piece and other.during && tstzrange(@startsAt, @endsAt)
                  and other.booking_id is distinct from @except)
            order by piece
            limit wanted.quantity) as free on true
        """;

    /// <summary>Waits until nobody else gives these out. After the spaces' locks, before any booking's.</summary>
    public static Task LockAsync(this Change change, Guid[] amenities, CancellationToken cancellationToken) =>
        amenities.Length == 0 ? Task.CompletedTask : change.ExecuteAsync(
            """
            select pg_advisory_xact_lock(key)
            from (select hashtextextended('amenity ' || id, 0) as key from unnest(@amenities) as id order by key) as sorted
            """, new { amenities }, cancellationToken);

    /// <summary>What there is too little of, or null. What lapsed is let go on the way.</summary>
    /// <param name="except">A booking that would give its own pieces back for it.</param>
    public static async Task<Shortage?> ShortageAsync(
        this Change change, IReadOnlyList<OrderedService> services, DateTimeOffset startsAt, DateTimeOffset endsAt, Guid? except, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (services.Count == 0)
        {
            return null;
        }

        var order = new { startsAt, endsAt, except, now, amenities = Ids(services), quantities = Quantities(services) };
        await change.ExpireAsync(await LapsedAsync(change, order, cancellationToken), now, cancellationToken);
        return await change.FindAsync<Shortage>(
            $"""
            select wanted.id as amenity_id, wanted.quantity as wanted, count(free.piece)::int as left
            from {FreePieces}
            where amenities.stock is not null
            group by wanted.id, wanted.quantity having count(free.piece) < wanted.quantity
            order by wanted.id
            limit 1
            """, order, cancellationToken);
    }

    /// <summary>Writes what is ordered with a booking and gives it its pieces of what is limited: <see cref="ShortageAsync"/> found enough.</summary>
    public static Task OrderAsync(this Change change, BookingRow booking, IReadOnlyList<OrderedService> services, CancellationToken cancellationToken) =>
        services.Count == 0 ? Task.CompletedTask : change.ExecuteAsync(
            $"""
            insert into booking_services (booking_id, amenity_id, quantity) select @Id, id, quantity from unnest(@amenities, @quantities) as wanted (id, quantity)
            on conflict (booking_id, amenity_id) do update set quantity = excluded.quantity;
            insert into amenity_claims (amenity_id, piece, during, booking_id)
            select wanted.id, free.piece, tstzrange(@startsAt, @endsAt), @Id from {FreePieces} where free.piece is not null;
            """,
            new { booking.Id, startsAt = booking.StartsAt, endsAt = booking.EndsAt, except = (Guid?)null, amenities = Ids(services), quantities = Quantities(services) },
            cancellationToken);

    /// <summary>What was ordered with a booking.</summary>
    public static Task<IReadOnlyList<OrderedService>> OrderedAsync(this Change change, Guid bookingId, CancellationToken cancellationToken) =>
        change.QueryAsync<OrderedService>(
            "select amenity_id, quantity from booking_services where booking_id = @bookingId order by amenity_id", new { bookingId }, cancellationToken);

    private static Task<IReadOnlyList<Guid>> LapsedAsync(Change change, object order, CancellationToken cancellationToken) => change.QueryAsync<Guid>(
        """
        select distinct bookings.id from amenity_claims
        join bookings on bookings.id = amenity_claims.booking_id and bookings.expires_at <= @now
        where amenity_claims.amenity_id = any(@amenities) and amenity_claims.during && tstzrange(@startsAt, @endsAt)
        """, order, cancellationToken);

    private static Guid[] Ids(IReadOnlyList<OrderedService> services) => [.. services.Select(service => service.AmenityId)];

    private static int[] Quantities(IReadOnlyList<OrderedService> services) => [.. services.Select(service => service.Quantity)];
}
