using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;
using Portico.Bookings.Features.Bookings;
using Portico.Bookings.Features.Spaces;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Blocks;

/// <summary>What to do with bookings in a block's way.</summary>
public enum InTheWay
{
    /// <summary>Make no block, and tell which they are.</summary>
    Refuse,

    /// <summary>Call them off; their owners get everything back.</summary>
    Cancel,

    /// <summary>Give each another space like it, at the same time and price; those that fit nowhere are called off.</summary>
    Move,
}

/// <summary>A time in which nobody can book a space, nor anything that it is a part of, nor its parts, nor the desks of an area.</summary>
/// <param name="Reason">What those are told whose booking is called off for it.</param>
public sealed record BlockSpaceRequest(
    [property: Required] Guid? SpaceId,
    [property: Required] DateTimeOffset? StartsAt,
    [property: Required] DateTimeOffset? EndsAt,
    [property: Required, StringLength(500), RegularExpression(SpaceLimits.NotBlank, ErrorMessage = "A reason is needed.")] string Reason,
    InTheWay Bookings = InTheWay.Refuse);

internal static class BlockSpace
{
    private const int MostTold = 50;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(731);

    public static async Task<Results<Created<BlockResponse>, ProblemHttpResult>> Handle(
        BlockSpaceRequest request, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        var block = new Block(Guid.CreateVersion7(now), request.SpaceId!.Value, request.StartsAt!.Value, request.EndsAt!.Value, request.Reason.Trim(), user.Id, now);
        if (RefuseTime(block) is { } wrong)
        {
            return wrong;
        }

        if (await database.FindRunSpaceAsync(block.SpaceId, user, cancellationToken) is not { } location)
        {
            return BookingProblems.SpaceNotFound();
        }

        await using var change = await database.BeginAsync(cancellationToken);
        if (request.Bookings is InTheWay.Move)
        {
            // They may go to any space of the location: nobody else gives any of it away meanwhile.
            await change.LockStructureAsync(location, cancellationToken);
        }
        else
        {
            await change.LockAsync(location, [block.SpaceId], cancellationToken);
        }

        var space = (await SpaceRow.LockAsync(change, block.SpaceId, cancellationToken))!;
        if (space.IsRetired)
        {
            return SpaceProblems.Retired();
        }

        if (await change.OverlappedAsync(block, cancellationToken) is { Count: > 0 } overlapped)
        {
            return BlockProblems.Overlaps(overlapped);
        }

        var met = await change.MeetAsync(block, cancellationToken);
        if (met.Count > 0 && (request.Bookings is InTheWay.Refuse || met.Any(booking => booking.State is BookingStatus.CheckedIn)))
        {
            var told = await ToldAsync(change, block, met, cancellationToken);
            // What had lapsed stays let go.
            await change.CommitAsync(cancellationToken);
            return BlockProblems.HasBookings(met.Count, told);
        }

        var displaced = await change.DisplaceAsync(block, location, met, request.Bookings is InTheWay.Move, cancellationToken);
        await change.InsertAsync(block, location, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Created($"/api/bookings/blocks?space_id={block.SpaceId}", new BlockResponse(
            block.Id, location, new(space.Id, space.Name), block.StartsAt, block.EndsAt, block.Reason, user.Id, now, null) { Bookings = displaced });
    }

    private static ProblemHttpResult? RefuseTime(Block block) =>
        block.EndsAt <= block.StartsAt ? Problems.Invalid("ends_at", "It ends after it starts.")
        : block.EndsAt <= block.At ? Problems.Unprocessable("block-in-the-past", "That time is over.")
        : block.EndsAt - block.StartsAt > Longest || block.EndsAt - block.At > Longest + Longest
            ? Problems.Unprocessable("block-too-long", $"A block lasts {Longest.Days} days at the most, and ends within twice that time.")
        : null;

    private static async Task<IReadOnlyList<MetBooking>> ToldAsync(Change change, Block block, IReadOnlyList<BookingRow> met, CancellationToken cancellationToken)
    {
        List<MetBooking> told = [];
        foreach (var booking in met.Take(MostTold))
        {
            var other = booking.State is BookingStatus.CheckedIn ? null : await change.FindOtherPlaceAsync(booking, block, cancellationToken);
            told.Add(new(
                booking.Id, BookingResponse.ReferenceOf(booking.Id), booking.MemberId, new(booking.SpaceId, booking.SpaceName),
                booking.DeskId is { } desk ? new(desk, booking.DeskName!) : null, booking.StartsAt, booking.EndsAt, booking.State,
                other is null ? null : new(other.DeskId ?? other.SpaceId, other.DeskName ?? other.SpaceName)));
        }

        return told;
    }
}
