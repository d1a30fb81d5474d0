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
    private readonly List<Interval> taken = [];
    private readonly List<Interval> free;

    /// <param name="rules">The buffers are the ones that a booking of it would claim.</param>
    /// <param name="open">From <see cref="OpeningCalendar.OpenWithin"/>: nothing is free outside, so it has to reach as far as will be asked.</param>
    /// <param name="busy">At least what claims anything of that time and the buffers around it; in any order, also overlapping.</param>
    public FreeSlots(SpaceRules rules, WallClock clock, IReadOnlyList<Interval> open, IEnumerable<Busy> busy, DateTimeOffset now)
    {
        (this.rules, this.clock, this.open, this.now) = (rules, clock, open, now);
        foreach (var one in busy)
        {
            if (!one.HasLapsed(now))
            {
                this.busy.Add(one);
                taken.Add(one.Reach(rules));
            }
        }

        Intervals.Join(taken);
        free = Intervals.Subtract(open, taken);
    }

    /// <summary>
    /// The longest stretches in which bookings fit, cut at the window and at the earliest start. Those in which not even
    /// the shortest booking could begin, on step and within the horizon, are left out; it may end after the window. Where the shortest lasts for more than a
    /// day they are all that nobody has: a window shows a part of such a booking only.
    /// </summary>
    public List<Interval> Within(Interval window)
    {
        var coming = window.Shared(new(rules.EarliestStart(now), window.End));
        if (LongStays.IsLong(rules.ShortestMinutes))
        {
            return Intervals.Subtract(coming.IsEmpty || !IsWithinHorizon(coming.Start) ? [] : [coming], taken);
        }

        List<Interval> slots = [];
        foreach (var stretch in free)
        {
            var slot = stretch.Shared(coming);
            if (!slot.IsEmpty
                && StartTimes.Within(slot with { End = stretch.End }, clock, rules.ShortestMinutes, rules.StepMinutes) is { } start
                && start < slot.End && IsWithinHorizon(start))
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
        foreach (var stretches in LongStays.IsLong(minutes) ? BetweenBookings() : free.Select(stretch => (IReadOnlyList<Interval>)[stretch]))
        {
            for (var next = from; found.Count < count; next = found[^1].Start.AddTicks(1))
            {
                if (StartTimes.First(From(next, stretches), clock, minutes, rules.StepMinutes) is not { } start || !IsWithinHorizon(start))
                {
                    break;
                }

                found.Add(new(start, clock.EndOf(start, minutes)));
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

        return LongStays.IsLong(asked, clock) && Verdict(asked).Count == 0;
    }

    /// <summary>Everything that is in the way, in order; empty when it is free.</summary>
    public IReadOnlyList<SlotReason> Verdict(Interval asked)
    {
        List<SlotReason> reasons = [];
        foreach (var closed in LongStays.ClosedParts(asked, open, clock))
        {
            reasons.Add(new(SlotReasonKind.Closed, closed.Start, closed.End));
        }

        foreach (var one in busy)
        {
            if (one.Reach(rules) is var reach && reach.Overlaps(asked))
            {
                reasons.Add(SlotReason.Of(one, reach, asked));
            }
        }

        reasons.Sort(static (one, other) => one.From.CompareTo(other.From));
        return reasons;
    }

    /// <summary>Who and what has time of the window, in order: each with its own time, and the buffers around it beside it.</summary>
    public IReadOnlyList<SlotReason> TakenWithin(Interval window) =>
    [
        .. from one in busy
           from part in SlotReason.Parts(one, one.Reach(rules))
           where window.Overlaps(new(part.From, part.Until))
           orderby part.From
           select part,
    ];

    private bool IsWithinHorizon(DateTimeOffset start) => clock.DayOf(start) <= rules.LastDay(clock.DayOf(now));

    // Opening hours between one booking and the next: from any to any other nobody is in the way.
    private IEnumerable<IReadOnlyList<Interval>> BetweenBookings()
    {
        if (open.Count == 0)
        {
            yield break;
        }

        foreach (var gap in Intervals.Subtract([new(open[0].Start, open[^1].End)], taken))
        {
            yield return [.. open.Select(stretch => stretch.Shared(gap)).Where(stretch => !stretch.IsEmpty)];
        }
    }

    private static List<Interval> From(DateTimeOffset instant, IReadOnlyList<Interval> stretches) =>
        [.. stretches.Select(stretch => stretch.Shared(new(instant, stretch.End))).Where(stretch => !stretch.IsEmpty)];
}
