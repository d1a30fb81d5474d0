using Portico.Bookings.Domain.Calendar;

namespace Portico.Bookings.Domain.Slots;

/// <summary>A hot-desk area: free when one of its desks is, for all of the time. Nobody changes desks in between.</summary>
internal sealed class AreaSlots(IReadOnlyList<FreeSlots> desks)
{
    // Desks that nobody has any of may all be the same one.
    private readonly List<FreeSlots> different = [.. desks.Distinct()];

    public int CountFree(Interval asked) => desks.Count(desk => desk.IsFree(asked));

    /// <summary>The longest stretches of single desks. They may overlap, and none lies within another.</summary>
    public List<Interval> Within(Interval window)
    {
        List<Interval> slots = [.. different.SelectMany(desk => desk.Within(window))];
        // Of those that begin together the longest first: what ends no later than one before it lies within that.
        slots.Sort(static (one, other) => one.Start == other.Start ? other.End.CompareTo(one.End) : one.Start.CompareTo(other.Start));
        var end = DateTimeOffset.MinValue;
        List<Interval> longest = [];
        foreach (var slot in slots)
        {
            if (slot.End > end)
            {
                longest.Add(slot);
                end = slot.End;
            }
        }

        return longest;
    }

    public IReadOnlyList<Interval> NextFree(int minutes, DateTimeOffset after, int count) =>
        [.. different.SelectMany(desk => desk.NextFree(minutes, after, count)).Distinct().OrderBy(slot => slot.Start).Take(count)];

    /// <summary>Who and what has time of the window; of several desks the stretches in which none is to be had, told of the one that is free again first.</summary>
    public IReadOnlyList<SlotReason> TakenWithin(Interval window)
    {
        if (different is not [var only])
        {
            List<Interval> left = [window];
            foreach (var desk in different)
            {
                List<Interval> taken = [.. desk.TakenWithin(window).Select(part => new Interval(part.From, part.Until).Shared(window))];
                Intervals.Join(taken);
                left = Intervals.Subtract(left, Intervals.Subtract([window], taken));
            }

            return different.Count == 0 ? [] : [.. left.Select(FirstFreeAgain)];
        }

        return only.TakenWithin(window);
    }

    /// <summary>Empty when a desk is free, and when there is none. Otherwise what is in the way of the one that is free again first.</summary>
    public IReadOnlyList<SlotReason> Verdict(Interval asked) =>
        different.Select(desk => desk.Verdict(asked)).MinBy(reasons => reasons.Count == 0 ? DateTimeOffset.MinValue : reasons.Max(reason => reason.Until)) ?? [];

    private SlotReason FirstFreeAgain(Interval taken)
    {
        var first = different.SelectMany(desk => desk.TakenWithin(taken)).MinBy(part => (part.Until, part.From))!;
        return first with { From = taken.Start, Until = taken.End };
    }
}
