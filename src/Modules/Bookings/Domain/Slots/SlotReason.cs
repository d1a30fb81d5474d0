using Portico.Bookings.Domain.Calendar;

namespace Portico.Bookings.Domain.Slots;

/// <summary>Why a time is not free.</summary>
internal enum SlotReasonKind
{
    /// <summary>It is booked.</summary>
    Taken,

    /// <summary>Somebody is about to book it; it may be free again at <c>held_until</c>.</summary>
    Held,

    /// <summary>It is blocked by staff.</summary>
    Block,

    /// <summary>It is needed to clear up after another booking or to set up before one, or this one's own setting up and clearing meets it.</summary>
    Buffer,

    /// <summary>Somebody else has waited for it and comes first.</summary>
    WaitingList,

    /// <summary>The location is closed.</summary>
    Closed,
}

/// <summary>A part of the time asked for that is not free, and why; never by whom.</summary>
/// <param name="From">Where what is in the way begins; for <c>closed</c>, where it is in the way of the time asked for.</param>
/// <param name="HeldUntil">When it is free again unless it is booked by then; null where that is no question of time.</param>
internal sealed record SlotReason(SlotReasonKind Reason, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset? HeldUntil = null)
{
    /// <param name="reach">Where a booking cannot be because of it.</param>
    internal static SlotReason Of(Busy one, Interval reach, Interval asked) =>
        one.During.Overlaps(asked) ? Whole(one)
        : asked.Start >= one.During.End ? new(SlotReasonKind.Buffer, one.During.End, reach.End, one.HeldUntil)
        : new(SlotReasonKind.Buffer, reach.Start, one.During.Start, one.HeldUntil);

    /// <summary>It, and the buffers around it.</summary>
    internal static IEnumerable<SlotReason> Parts(Busy one, Interval reach)
    {
        if (reach.Start < one.During.Start)
        {
            yield return new(SlotReasonKind.Buffer, reach.Start, one.During.Start, one.HeldUntil);
        }

        yield return Whole(one);
        if (reach.End > one.During.End)
        {
            yield return new(SlotReasonKind.Buffer, one.During.End, reach.End, one.HeldUntil);
        }
    }

    private static SlotReason Whole(Busy one) => new(
        one.Kind switch
        {
            BusyKind.Hold => SlotReasonKind.Held,
            BusyKind.Block => SlotReasonKind.Block,
            BusyKind.Line => SlotReasonKind.WaitingList,
            _ => SlotReasonKind.Taken,
        },
        one.During.Start,
        one.During.End,
        one.HeldUntil);
}
