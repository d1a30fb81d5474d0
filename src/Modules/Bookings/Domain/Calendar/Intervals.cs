namespace Portico.Bookings.Domain.Calendar;

/// <summary>Sets of time: lists in order, of which no two meet or touch. Empty intervals are not in them.</summary>
internal static class Intervals
{
    /// <summary>Makes a set of a list, in place.</summary>
    public static void Join(List<Interval> intervals)
    {
        intervals.RemoveAll(static interval => interval.IsEmpty);
        intervals.Sort(static (one, other) => one.Start.CompareTo(other.Start));
        var kept = 0;
        for (var i = 1; i < intervals.Count; i++)
        {
            if (intervals[i].Start > intervals[kept].End)
            {
                intervals[++kept] = intervals[i];
            }
            else if (intervals[i].End > intervals[kept].End)
            {
                intervals[kept] = intervals[kept] with { End = intervals[i].End };
            }
        }

        if (kept < intervals.Count - 1)
        {
            intervals.RemoveRange(kept + 1, intervals.Count - kept - 1);
        }
    }

    /// <summary>What of one set is not in the other.</summary>
    public static List<Interval> Subtract(IReadOnlyList<Interval> from, IReadOnlyList<Interval> taken)
    {
        List<Interval> left = [];
        var next = 0;
        foreach (var interval in from)
        {
            var start = interval.Start;
            while (next < taken.Count && taken[next].End <= start)
            {
                next++;
            }

            for (var i = next; i < taken.Count && taken[i].Start < interval.End; i++)
            {
                if (taken[i].Start > start)
                {
                    left.Add(new(start, taken[i].Start));
                }

                start = taken[i].End;
            }

            if (start < interval.End)
            {
                left.Add(new(start, interval.End));
            }
        }

        return left;
    }
}
