using Portico.Bookings.Domain.States;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Blocks;

/// <summary>A booking that a block would meet, as staff are told of it.</summary>
/// <param name="CouldMoveTo">Another space like it that is free then; null when there is none. Several may be told the same one.</param>
internal sealed record MetBooking(
    Guid Id, string Reference, Guid MemberId, NamedPlace Space, NamedPlace? Desk, DateTimeOffset StartsAt, DateTimeOffset EndsAt, BookingStatus Status,
    NamedPlace? CouldMoveTo);

/// <summary>What several features say about a block.</summary>
internal static class BlockProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("block-not-found", "There is no such block.");

    public static ProblemHttpResult HasBookings(int count, IReadOnlyList<MetBooking> bookings) => Problems.Conflict(
        "block-has-bookings", "There are bookings at that time. Move or cancel them; what is going on with somebody checked in has to end first.",
        ("count", count), ("bookings", bookings));

    public static ProblemHttpResult Overlaps(IReadOnlyList<Guid> blocks) =>
        Problems.Conflict("block-overlaps", "Another block takes some of that time already.", ("block_ids", blocks));
}
