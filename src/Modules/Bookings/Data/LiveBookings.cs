using Portico.Platform.Data;

namespace Portico.Bookings.Data;

/// <summary>A booking that takes time now or later.</summary>
internal sealed record LiveBooking(
    Guid Id, Guid MemberId, Guid SpaceId, string SpaceName, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Status, DateTimeOffset? ExpiresAt);

/// <summary>What is still to come of a space, a location or an area. The caller holds its locks.</summary>
internal static class LiveBookings
{
    /// <summary>A space and, of a hot-desk area, its desks.</summary>
    public const string OfSpace =
        """
        bookings.id in (
            select claims.booking_id from claims
            where upper(claims.during) > @now and claims.unit_id in (select id from spaces where id = @id or area_id = @id))
        """;

    public const string OfLocation = "bookings.location_id = @id";

    /// <summary>Next first. What has lapsed is let go and is not among them.</summary>
    public static async Task<IReadOnlyList<LiveBooking>> LiveAheadAsync(
        this Change change, string which, Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await change.QueryAsync<LiveBooking>(
            $"""
            select bookings.id, bookings.member_id, bookings.space_id, spaces.name as space_name, bookings.starts_at, bookings.ends_at, bookings.status,
                   bookings.expires_at
            from bookings join spaces on spaces.id = bookings.space_id
            where {which} and bookings.ends_at > @now
              and bookings.status in ('held', 'pending_approval', 'awaiting_payment', 'confirmed', 'checked_in')
            order by bookings.starts_at, bookings.id
            """, new { id, now }, cancellationToken);
        var kept = await change.ExpireAsync(found.Where(booking => booking.ExpiresAt <= now).Select(booking => booking.Id), now, cancellationToken);
        return [.. found.Where(booking => !(booking.ExpiresAt <= now) || kept.Any(one => one.Id == booking.Id))];
    }

    /// <summary>Blocks of it, or of what it is a part of, that are not over.</summary>
    public static Task<IReadOnlyList<Guid>> BlocksAheadAsync(this Change change, Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        change.QueryAsync<Guid>(
            """
            select distinct block_id from claims
            where block_id is not null and upper(during) > @now and unit_id in (select id from spaces where id = @id or area_id = @id)
            order by block_id
            """, new { id, now }, cancellationToken);
}
