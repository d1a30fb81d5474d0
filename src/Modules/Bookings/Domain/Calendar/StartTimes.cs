namespace Portico.Bookings.Domain.Calendar;

/// <summary>When, within some time, something of a length can begin.</summary>
internal static class StartTimes
{
    // By so much the days of a length can be shorter than 24 hours each, all together.
    private static readonly TimeSpan PutForward = TimeSpan.FromHours(3);

    /// <summary>The first start on step of what lasts so many minutes and takes place within one of the stretches, or, when long, from one to another; null when none does.</summary>
    public static DateTimeOffset? First(IReadOnlyList<Interval> open, WallClock clock, int minutes, int step)
    {
        if (LongStays.IsLong(minutes))
        {
            return LongStays.FirstStart(open, clock, minutes, step);
        }

        foreach (var stretch in open)
        {
            if (Within(stretch, clock, minutes, step) is { } start)
            {
                return start;
            }
        }

        return null;
    }

    /// <summary>The first start on step of what lasts so many minutes and ends within it; null when none does.</summary>
    public static DateTimeOffset? Within(Interval free, WallClock clock, int minutes, int step)
    {
        var latest = free.End.AddMinutes(-minutes) + (minutes < WallClock.MinutesOfADay ? TimeSpan.Zero : PutForward);
        for (var start = clock.NextOnStep(free.Start, step); start <= latest; start = clock.NextOnStep(start.AddTicks(1), step))
        {
            if (clock.EndOf(start, minutes) <= free.End)
            {
                return start;
            }
        }

        return null;
    }
}
