using Portico.Bookings.Domain.Calendar;
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
    /// <summary>Waits until nobody else gives these out. After the spaces' locks, before any booking's.</summary>
    public static Task LockAsync(this Change change, Guid[] amenities, CancellationToken cancellationToken) =>
        amenities.Length == 0 ? Task.CompletedTask : change.ExecuteAsync(
            """
            select pg_advisory_xact_lock(key)
            from (select hashtextextended('amenity ' || id, 0) as key from unnest(@amenities) as id order by key) as sorted
            """, new { amenities }, cancellationToken);

    /// <summary>
    /// Writes what is ordered with a booking and gives it its pieces of what is limited. When there is too little of something it
    /// says so, and the change may not be committed.
    /// </summary>
    public static async Task<Shortage?> OrderAsync(
        this Change change, BookingRow booking, IReadOnlyList<OrderedService> services, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (services.Count == 0)
        {
            return null;
        }

        var order = new
        {
            booking.Id, booking.StartsAt, booking.EndsAt, now,
            amenities = services.Select(service => service.AmenityId).ToArray(),
            quantities = services.Select(service => service.Quantity).ToArray(),
        };
        await change.ExpireAsync(await LapsedAsync(change, order, cancellationToken), now, cancellationToken);
        return await change.FindAsync<Shortage>(
            """
            with wanted as (select * from unnest(@amenities, @quantities) as wanted (id, quantity)),
            ordered as (insert into booking_services (booking_id, amenity_id, quantity) select @Id, id, quantity from wanted
                on conflict (booking_id, amenity_id) do update set quantity = excluded.quantity),
            given as (
                insert into amenity_claims (amenity_id, piece, during, booking_id)
                select wanted.id, free.piece, tstzrange(@StartsAt, @EndsAt), @Id
                from wanted
                join amenities on amenities.id = wanted.id
                cross join lateral (
                    select piece from generate_series(1, amenities.stock) as piece
                    where not exists (
                        select from amenity_claims as other
                        where other.amenity_id = wanted.id and other.piece = piece.piece and other.during && tstzrange(@StartsAt, @EndsAt))
                    order by piece
                    limit wanted.quantity) as free
                returning amenity_id)
            select wanted.id as amenity_id, wanted.quantity as wanted, (select count(*) from given where amenity_id = wanted.id)::int as left
            from wanted
            join amenities on amenities.id = wanted.id and amenities.stock is not null
            where (select count(*) from given where amenity_id = wanted.id) < wanted.quantity
            order by wanted.id
            limit 1
            """, order, cancellationToken);
    }

    /// <summary>Of what too little would be left at a time. A look only: nothing is kept for anybody.</summary>
    public static async Task<IReadOnlyList<Shortage>> ShortagesAsync(
        this Database<BookingsModule> database, IReadOnlyList<OrderedService> services, Interval during, DateTimeOffset now, CancellationToken cancellationToken) =>
        services.Count == 0 ? [] : await database.QueryAsync<Shortage>(
            """
            select wanted.id as amenity_id, wanted.quantity as wanted, (amenities.stock - out.pieces)::int as left
            from unnest(@amenities, @quantities) as wanted (id, quantity)
            join amenities on amenities.id = wanted.id and amenities.stock is not null
            cross join lateral (
                select count(distinct amenity_claims.piece) as pieces from amenity_claims
                join bookings on bookings.id = amenity_claims.booking_id and (bookings.expires_at is null or bookings.expires_at > @now)
                where amenity_claims.amenity_id = wanted.id and amenity_claims.during && tstzrange(@Start, @End)) as out
            where amenities.stock - out.pieces < wanted.quantity
            order by wanted.id
            """,
            new
            {
                amenities = services.Select(service => service.AmenityId).ToArray(), quantities = services.Select(service => service.Quantity).ToArray(),
                during.Start, during.End, now,
            },
            cancellationToken);

    /// <summary>What was ordered with a booking.</summary>
    public static Task<IReadOnlyList<OrderedService>> OrderedAsync(this Change change, Guid bookingId, CancellationToken cancellationToken) =>
        change.QueryAsync<OrderedService>(
            "select amenity_id, quantity from booking_services where booking_id = @bookingId order by amenity_id", new { bookingId }, cancellationToken);

    private static Task<IReadOnlyList<Guid>> LapsedAsync(Change change, object order, CancellationToken cancellationToken) => change.QueryAsync<Guid>(
        """
        select distinct bookings.id from amenity_claims
        join bookings on bookings.id = amenity_claims.booking_id and bookings.expires_at <= @now
        where amenity_claims.amenity_id = any(@amenities) and amenity_claims.during && tstzrange(@StartsAt, @EndsAt)
        """, order, cancellationToken);
}
