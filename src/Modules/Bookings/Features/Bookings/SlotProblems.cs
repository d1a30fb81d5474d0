using Portico.Bookings.Data;
using Portico.Bookings.Domain.Rules;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Bookings;

/// <summary>Why a slot cannot be had. Never who has it.</summary>
public enum SlotReason
{
    /// <summary>Somebody's booking.</summary>
    Taken,

    /// <summary>Somebody's hold, or what waits for approval or payment: it may come free at <c>held_until</c>.</summary>
    Held,

    /// <summary>Maintenance, for instance.</summary>
    Block,

    /// <summary>The time before or after a booking that it needs too.</summary>
    Buffer,

    /// <summary>Somebody who has waited for it comes first.</summary>
    WaitingList,
}

/// <param name="From">When it begins, its buffer left out.</param>
/// <param name="HeldUntil">When it comes free by itself, unless it is confirmed before; null otherwise.</param>
public sealed record SlotObstacle(SlotReason Reason, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset? HeldUntil)
{
    internal static SlotObstacle Of(TakenTime time, DateTimeOffset startsAt, DateTimeOffset endsAt) =>
        new(ReasonOf(time, startsAt, endsAt), time.StartsAt, time.EndsAt, time.ExpiresAt);

    private static SlotReason ReasonOf(TakenTime time, DateTimeOffset startsAt, DateTimeOffset endsAt) => time switch
    {
        { IsBlock: true } => SlotReason.Block,
        _ when time.EndsAt <= startsAt || time.StartsAt >= endsAt => SlotReason.Buffer,
        { ExpiresAt: not null } => SlotReason.Held,
        _ => SlotReason.Taken,
    };
}

internal static class SlotProblems
{
    private const string TakenCode = "space-taken";
    private const int MostTold = 20;

    public static bool IsTaken(ProblemHttpResult refusal) => refusal.ProblemDetails.Extensions["code"] is TakenCode;

    public static ProblemHttpResult Taken(IReadOnlyList<TakenTime> inTheWay, DateTimeOffset startsAt, DateTimeOffset endsAt) =>
        Problems.Conflict(
            TakenCode, "The slot is not free.",
            ("reasons", inTheWay.DistinctBy(time => time.BookingId ?? time.SpaceId).Take(MostTold).Select(time => SlotObstacle.Of(time, startsAt, endsAt)).ToList()));

    /// <summary>It is free, and somebody else has waited for it.</summary>
    public static ProblemHttpResult WaitedFor(DateTimeOffset startsAt, DateTimeOffset endsAt) => Problems.Conflict(
        "space-taken", "The slot is not free.", ("reasons", new[] { new SlotObstacle(SlotReason.WaitingList, startsAt, endsAt, null) }));

    /// <summary>The rules of the space or of the house do not let it be booked like this.</summary>
    public static ProblemHttpResult NotAllowed(IReadOnlyList<Refusal> refusals) =>
        Problems.Unprocessable("booking-not-allowed", string.Join(' ', refusals.Select(refusal => refusal.Detail)), ("reasons", refusals));

    public static ProblemHttpResult OutOfStock(Shortage shortage) => Problems.Conflict(
        "service-out-of-stock", "There are not enough of it at that time.",
        ("amenity_id", shortage.AmenityId), ("wanted", shortage.Wanted), ("left", shortage.Left));
}
