using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;
using Portico.Bookings.Features.Bookings;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Blocks;

/// <summary>Where a booking could be instead.</summary>
internal sealed record OtherPlace(Guid SpaceId, string SpaceName, Guid? DeskId, string? DeskName);

/// <summary>Takes bookings out of a block's way.</summary>
internal static class Displacing
{
    /// <summary>
    /// Another space of the same kind and location with room for as many, free at that time, that its owner might have booked too:
    /// in the same hot-desk area, then on the same floor, then the smallest.
    /// </summary>
    public static async Task<OtherPlace?> FindOtherPlaceAsync(this Change change, BookingRow booking, Block block, CancellationToken cancellationToken) =>
        await change.FindAsync<OtherPlace>(
            $"""
            select asked.id as space_id, asked.name as space_name, nullif(taken.id, asked.id) as desk_id,
                   case when taken.id <> asked.id then taken.name end as desk_name
            from spaces as asked
            join spaces as old on old.id = @OldId
            join spaces as taken on taken.status = 'active'
                and (taken.id = asked.id and asked.kind <> 'hot_desk_area' or taken.area_id = asked.id and asked.kind = 'hot_desk_area')
            where asked.location_id = @LocationId and asked.kind = old.kind and asked.status = 'active' and asked.capacity >= @People
              and (asked.bookable_by = 'everybody' or (asked.bookable_by, asked.plan_ids) = (old.bookable_by, old.plan_ids))
              and not exists (
                select from space_units join spaces as unit on unit.id = space_units.unit_id
                where space_units.space_id = taken.id and (unit.status <> 'active' or unit.id in {Block.Units}))
              and not exists (
                select from space_units
                join spaces as unit on unit.id = space_units.unit_id
                join claims on claims.unit_id = unit.id and claims.during && {Claims.Span}
                left join bookings as other on other.id = claims.booking_id
                where space_units.space_id = taken.id and claims.booking_id is distinct from @Id and not coalesce(other.expires_at <= @At, false))
            order by asked.id <> old.id, asked.floor is distinct from old.floor, asked.capacity, asked.name, taken.name, taken.id
            limit 1
            """,
            new { booking.Id, OldId = booking.SpaceId, booking.LocationId, booking.People, booking.StartsAt, booking.EndsAt, block.SpaceId, block.At },
            cancellationToken);

    /// <summary>Nobody has checked in to any of them. To move them, the structure is locked.</summary>
    public static async Task<IReadOnlyList<DisplacedBooking>> DisplaceAsync(
        this Change change, Block block, Guid locationId, IReadOnlyList<BookingRow> met, bool move, CancellationToken cancellationToken)
    {
        if (move && met.Count > 0)
        {
            await change.ExpireAsync(
                await change.QueryAsync<Guid>("select id from bookings where location_id = @locationId and expires_at <= @At", new { locationId, block.At }, cancellationToken),
                block.At, cancellationToken);
        }

        List<DisplacedBooking> displaced = [];
        foreach (var booking in met)
        {
            var other = move ? await change.FindOtherPlaceAsync(booking, block, cancellationToken) : null;
            displaced.Add(other is null
                ? Told(await CancelAsync(change, booking, block, cancellationToken), Displacement.Cancelled)
                : Told(await MoveAsync(change, booking, other, block, cancellationToken), Displacement.Moved));
        }

        return displaced;
    }

    private static async Task<BookingRow> CancelAsync(Change change, BookingRow booking, Block block, CancellationToken cancellationToken) =>
        await change.CancelAsync(booking, new(BookingAct.Cancel, block.By, block.Reason, block.At), true, cancellationToken)
            ?? throw new InvalidOperationException($"{booking.Id} cannot be called off as {booking.Status}.");

    private static async Task<BookingRow> MoveAsync(Change change, BookingRow booking, OtherPlace other, Block block, CancellationToken cancellationToken)
    {
        var moved = booking with
        {
            SpaceId = other.SpaceId, SpaceName = other.SpaceName, DeskId = other.DeskId, DeskName = other.DeskName, Version = booking.Version + 1,
        };
        var parameters = new Dapper.DynamicParameters(moved);
        parameters.AddDynamicParams(new { at = block.At, act = "move", fromStatus = booking.Status, by = block.By, reason = block.Reason });
        await change.ExecuteAsync(
            $"""
            delete from claims where booking_id = @Id;
            update bookings set space_id = @SpaceId, desk_id = @DeskId, version = @Version where id = @Id;
            {Claims.Claim};
            {FloorChange.Insert};
            """, parameters, cancellationToken);
        change.Publish(new BookingChanged(moved.Fact(), booking.Fact(), 0, 0, block.At));
        return moved;
    }

    private static DisplacedBooking Told(BookingRow booking, Displacement outcome) => new(
        booking.Id, BookingResponse.ReferenceOf(booking.Id), booking.MemberId, outcome, new(booking.SpaceId, booking.SpaceName),
        booking.DeskId is { } desk ? new(desk, booking.DeskName!) : null);
}
