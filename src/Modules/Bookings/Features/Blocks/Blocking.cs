using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Blocks;

/// <summary>A block that is to be made.</summary>
internal sealed record Block(Guid Id, Guid SpaceId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Reason, Guid By, DateTimeOffset At)
{
    /// <summary>What takes its time when a space is blocked: what a booking of it takes, and the desks of an area. Takes <c>@SpaceId</c>.</summary>
    public const string Units =
        """
        (select space_units.unit_id from space_units join spaces as taken on taken.id = space_units.space_id
         where (taken.id = @SpaceId and taken.kind <> 'hot_desk_area' or taken.area_id = @SpaceId) and taken.status <> 'retired')
        """;

    /// <summary>What has passed is not taken from those who were there.</summary>
    public DateTimeOffset From => StartsAt > At ? StartsAt : At;
}

/// <summary>Makes blocks. All of it wants the locks.</summary>
internal static class Blocking
{
    private const string Left =
        $"""
        unit_id in {Block.Units} and during && tstzrange(@From, @EndsAt)
        and exists (select from bookings where bookings.id = claims.booking_id and bookings.status = 'completed')
        """;

    /// <summary>Other blocks at that time.</summary>
    public static Task<IReadOnlyList<Guid>> OverlappedAsync(this Change change, Block block, CancellationToken cancellationToken) => change.QueryAsync<Guid>(
        $"""
        select distinct block_id from claims
        where block_id is not null and unit_id in {Block.Units} and during && tstzrange(@From, @EndsAt)
        order by block_id
        """, block, cancellationToken);

    /// <summary>The bookings in its way, locked, the next first. What has lapsed is let go.</summary>
    public static async Task<IReadOnlyList<BookingRow>> MeetAsync(this Change change, Block block, CancellationToken cancellationToken)
    {
        var met = await change.QueryAsync<BookingRow>(
            $"""
            select {BookingRow.Columns} from {BookingRow.Tables}
            where bookings.id in (
                select booking_id from claims where booking_id is not null and unit_id in {Block.Units} and during && tstzrange(@From, @EndsAt))
            order by bookings.id
            for no key update of bookings
            """, block, cancellationToken);
        foreach (var lapsed in met.Where(booking => booking.HasLapsed(block.At)))
        {
            await change.ExpireAsync(lapsed, block.At, cancellationToken);
        }

        return [.. met.Where(booking => booking.State.IsBlocking() && !booking.HasLapsed(block.At)).OrderBy(booking => booking.StartsAt)];
    }

    /// <summary>Takes the time, of which nobody has any left but those who have gone and are cleared up after.</summary>
    public static Task InsertAsync(this Change change, Block block, Guid locationId, CancellationToken cancellationToken) => change.ExecuteAsync(
        $"""
        delete from claims where {Left} and lower(during) >= @From;
        update claims set during = tstzrange(lower(during), @From) where {Left};
        insert into blocks (id, space_id, location_id, starts_at, ends_at, reason, created_by, created_at)
        values (@Id, @SpaceId, @locationId, @StartsAt, @EndsAt, @Reason, @By, @At);
        insert into claims (unit_id, during, block_id) select unit_id, tstzrange(@From, @EndsAt), @Id from {Block.Units} as units;
        insert into floor_changes (at, location_id, space_id, block_id, act, starts_at, ends_at, by_id, reason)
        values (@At, @locationId, @SpaceId, @Id, 'block', @StartsAt, @EndsAt, @By, @Reason);
        """,
        new { block.Id, block.SpaceId, block.StartsAt, block.EndsAt, block.Reason, block.By, block.At, block.From, locationId }, cancellationToken);
}
