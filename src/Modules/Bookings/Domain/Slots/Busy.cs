using Portico.Bookings.Domain.Calendar;

namespace Portico.Bookings.Domain.Slots;

/// <summary>What takes a space's time.</summary>
internal enum BusyKind
{
    /// <summary>A booking that takes place, or did.</summary>
    Booking,

    /// <summary>A booking that waits for its owner, for approval or for payment.</summary>
    Hold,

    /// <summary>Maintenance.</summary>
    Block,
}

/// <param name="During">The booking's own time.</param>
/// <param name="Claimed">With its buffers, as the claims have it.</param>
/// <param name="HeldUntil">When it lapses by itself. What has lapsed takes nothing, though it may still be written down.</param>
internal readonly record struct Busy(Interval During, Interval Claimed, BusyKind Kind, DateTimeOffset? HeldUntil = null)
{
    public bool HasLapsed(DateTimeOffset now) => HeldUntil <= now;
}

/// <summary>Why a time is not free.</summary>
public enum SlotReasonKind
{
    /// <summary>It is booked.</summary>
    Taken,

    /// <summary>Somebody is about to book it; it may be free again at <c>held_until</c>.</summary>
    Held,

    /// <summary>It is blocked by staff.</summary>
    Block,

    /// <summary>It is needed to clear up after another booking or to set up before one, or this one's own setting up and clearing meets it.</summary>
    Buffer,

    /// <summary>Somebody else waits for it and comes first.</summary>
    WaitingList,

    /// <summary>The location is closed.</summary>
    Closed,
}

/// <summary>A part of the time asked for that is not free, and why; never by whom.</summary>
/// <param name="From">Where what is in the way begins; for <c>closed</c>, where it is in the way of the time asked for.</param>
/// <param name="HeldUntil">For <c>held</c>: when it is free again unless it is booked by then.</param>
public sealed record SlotReason(SlotReasonKind Reason, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset? HeldUntil = null);
