using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Rules;

namespace Portico.Bookings.Domain.Slots;

/// <summary>What of a space's time can still be booked. A booking's own time lies in opening hours; its buffers need not.</summary>
internal sealed class FreeSlots
{
    private readonly SpaceRules rules;
    private readonly WallClock clock;
    private readonly IReadOnlyList<Interval> open;
    private readonly DateTimeOffset now;
    private readonly List<Busy> busy = [];
    private readonly List<Interval> free;

    /// <param name="rules">The buffers are the ones that a booking of it would claim.</param>
    /// <param name="open">From <see cref="OpeningCalendar.OpenWithin"/>: nothing is free outside, so it has to reach as far as will be asked.</param>
    /// <param name="busy">At least what claims anything of that time and the buffers around it; in any order, also overlapping.</param>
    public FreeSlots(SpaceRules rules, WallClock clock, IReadOnlyList<Interval> open, IEnumerable<Busy> busy, DateTimeOffset now)
    {
        (this.rules, this.clock, this.open, this.now) = (rules, clock, open, now);
        List<Interval> taken = [];
        foreach (var one in busy)
        {
            if (!one.HasLapsed(now))
            {
                this.busy.Add(one);
                taken.Add(OutOfReach(one.Claimed));
            }
        }

        Intervals.Join(taken);
        free = Intervals.Subtract(open, taken);
    }

    /// <summary>
    /// The longest stretches in which bookings fit, cut at the window and at the earliest start. Those in which not even
    /// the shortest booking could begin, on step and within the horizon, are left out.
    /// </summary>
    public List<Interval> Within(Interval window)
    {
        List<Interval> slots = [];
        foreach (var stretch in free)
        {
            var slot = stretch.Shared(window).Shared(new(rules.EarliestStart(now), window.End));
            if (!slot.IsEmpty && StartTimes.Within(slot, clock, rules.ShortestMinutes, rules.StepMinutes) is { } start && IsWithinHorizon(start))
            {
                slots.Add(slot);
            }
        }

        return slots;
    }

    /// <summary>The next times, so many of them, at which a booking of that length could begin, each with its end.</summary>
    public IReadOnlyList<Interval> NextFree(int minutes, DateTimeOffset after, int count)
    {
        List<Interval> found = [];
        var from = after > rules.EarliestStart(now) ? after : rules.EarliestStart(now);
        foreach (var stretch in free)
        {
            var left = stretch.Shared(new(from, stretch.End));
            while (!left.IsEmpty && found.Count < count
                && StartTimes.Within(left, clock, minutes, rules.StepMinutes) is { } start && IsWithinHorizon(start))
            {
                found.Add(new(start, clock.EndOf(start, minutes)));
                left = left with { Start = start.AddTicks(1) };
            }
        }

        return found;
    }

    /// <summary>Whether nothing and nobody is in the way; the rules are <see cref="BookingRules"/>' to ask.</summary>
    public bool IsFree(Interval asked)
    {
        foreach (var stretch in free)
        {
            if (stretch.Contains(asked))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Everything that is in the way, in order; empty when it is free.</summary>
    public IReadOnlyList<SlotReason> Verdict(Interval asked)
    {
        List<SlotReason> reasons = [];
        foreach (var closed in Intervals.Subtract([asked], open))
        {
            reasons.Add(new(SlotReasonKind.Closed, closed.Start, closed.End));
        }

        foreach (var one in busy)
        {
            if (OutOfReach(one.Claimed).Overlaps(asked))
            {
                reasons.Add(Reason(one, asked));
            }
        }

        reasons.Sort(static (one, other) => one.From.CompareTo(other.From));
        return reasons;
    }

    private SlotReason Reason(Busy one, Interval asked)
    {
        if (!one.During.Overlaps(asked))
        {
            var reach = OutOfReach(one.Claimed);
            return asked.Start >= one.During.End
                ? new(SlotReasonKind.Buffer, one.During.End, reach.End)
                : new(SlotReasonKind.Buffer, reach.Start, one.During.Start);
        }

        return one.Kind switch
        {
            BusyKind.Hold => new(SlotReasonKind.Held, one.During.Start, one.During.End, one.HeldUntil),
            BusyKind.Block => new(SlotReasonKind.Block, one.During.Start, one.During.End),
            _ => new(SlotReasonKind.Taken, one.During.Start, one.During.End),
        };
    }

    private bool IsWithinHorizon(DateTimeOffset start) => clock.DayOf(start) <= rules.LastDay(clock.DayOf(now));

    // Where a booking's own time cannot be: its clearing would meet the claim's beginning, or its setting up the claim's end.
    private Interval OutOfReach(Interval claimed) => claimed.Widen(rules.BufferAfter, rules.BufferBefore);
}
