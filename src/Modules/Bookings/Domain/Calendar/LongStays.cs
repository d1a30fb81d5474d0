namespace Portico.Bookings.Domain.Calendar;

/// <summary>
/// What lasts for more than a day, such as an office by the month, goes on while the place is closed: only its start and its
/// end have to be within opening hours, and its end may be a closing time.
/// </summary>
internal static class LongStays
{
    // By so much a length can move when the clock is changed within it.
    private static readonly TimeSpan PutForward = TimeSpan.FromHours(3);

    public static bool IsLong(int minutes) => minutes > WallClock.MinutesOfADay;

    public static bool IsLong(Interval interval, WallClock clock) => interval.End > clock.EndOf(interval.Start, WallClock.MinutesOfADay);

    /// <summary>The parts of a time, whatever its length, in which being closed is in its way.</summary>
    public static List<Interval> ClosedParts(Interval asked, IReadOnlyList<Interval> open, WallClock clock)
    {
        var closed = Intervals.Subtract([asked], open);
        if (closed.Count > 0 && IsLong(asked, clock))
        {
            closed.RemoveAll(part => part.Start != asked.Start && part.End != asked.End);
        }

        return closed;
    }

    /// <summary>The first start on step of what lasts so many minutes, begins in one stretch and ends in the same or a later one; null when none does.</summary>
    public static DateTimeOffset? FirstStart(IReadOnlyList<Interval> open, WallClock clock, int minutes, int step)
    {
        // The first stretch in which this start, or a later one, can still end. A later start may end up to so much earlier, where it
        // begins at a time that the clock does skip a day later and the next one does not.
        var last = 0;
        foreach (var stretch in open)
        {
            for (var start = clock.NextOnStep(stretch.Start, step); start < stretch.End;)
            {
                var end = clock.EndOf(start, minutes);
                while (last < open.Count && open[last].End < end - PutForward)
                {
                    last++;
                }

                if (last == open.Count)
                {
                    return null;
                }

                if (EndsWithin(open, last, end))
                {
                    return start;
                }

                // It would end while the place is closed: the start moves on as far as the end has to.
                var later = start + (open[last].Start - end) - PutForward;
                start = clock.NextOnStep(later > start ? later : start.AddTicks(1), step);
            }
        }

        return null;
    }

    private static bool EndsWithin(IReadOnlyList<Interval> open, int first, DateTimeOffset end)
    {
        for (var index = first; index < open.Count && open[index].Start < end; index++)
        {
            if (open[index].End >= end)
            {
                return true;
            }
        }

        return false;
    }
}
