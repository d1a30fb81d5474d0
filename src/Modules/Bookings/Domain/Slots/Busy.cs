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

    /// <summary>Somebody who has waited for it: it is offered to them, or about to be.</summary>
    Line,
}

/// <param name="During">The booking's own time.</param>
/// <param name="Claimed">With its buffers, as the claims have it; and, where a part needs longer ones than the whole that is asked for, with what these add.</param>
/// <param name="HeldUntil">When it lapses by itself. What has lapsed takes nothing, though it may still be written down.</param>
internal readonly record struct Busy(Interval During, Interval Claimed, BusyKind Kind, DateTimeOffset? HeldUntil = null)
{
    public bool HasLapsed(DateTimeOffset now) => HeldUntil <= now;

    /// <summary>Where the time of a booking with these rules' buffers cannot be: its clearing would meet the claim's beginning, or its setting up the claim's end.</summary>
    public Interval Reach(Rules.SpaceRules rules) => Claimed.Widen(rules.BufferAfter, rules.BufferBefore);
}
