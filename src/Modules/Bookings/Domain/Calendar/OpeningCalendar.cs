namespace Portico.Bookings.Domain.Calendar;

/// <summary>A day with other hours than its weekday has; none when it is closed.</summary>
internal sealed record OpeningException(DateOnly Date, IReadOnlyList<DayRange> Hours, string? Reason = null);

/// <summary>When a location is open. Asked for every location of every search: it looks at the days in question and no others.</summary>
internal sealed class OpeningCalendar
{
    private const int DaysSearched = 512;
    private readonly (int From, int Until)[][] week;
    private readonly Dictionary<DateOnly, ((int From, int Until)[] Hours, string? Reason)> exceptions;

    public OpeningCalendar(WallClock clock, IEnumerable<OpeningRange> weekly, IEnumerable<OpeningException> exceptions)
    {
        Clock = clock;
        var byDay = weekly.ToLookup(range => range.Day, range => Minutes(range.Opens, range.Closes));
        week = [.. Enum.GetValues<Weekday>().Select(day => byDay[day].ToArray())];
        this.exceptions = exceptions.ToDictionary(
            day => day.Date, day => (day.Hours.Select(range => Minutes(range.Opens, range.Closes)).ToArray(), day.Reason));
    }

    public OpeningCalendar(string timeZone, IEnumerable<OpeningRange> weekly, IEnumerable<OpeningException> exceptions)
        : this(WallClock.In(timeZone), weekly, exceptions)
    {
    }

    public WallClock Clock { get; }

    /// <summary>Why that day has other hours than usual, if somebody said.</summary>
    public string? ReasonOf(DateOnly day) => exceptions.TryGetValue(day, out var exception) ? exception.Reason : null;

    /// <summary>Whether it is open all that time.</summary>
    public bool IsOpen(Interval interval) => OpenWithin(interval) is [var open] && open == interval;

    /// <summary>Whether something may take place then: while it is open or, where it lasts for more than a day, from when it is until when it is.</summary>
    public bool Admits(Interval interval) => LongStays.IsLong(interval, Clock)
        ? IsOpen(new(interval.Start, interval.Start.AddTicks(1))) && IsOpen(new(interval.End.AddTicks(-1), interval.End))
        : IsOpen(interval);

    /// <summary>The parts of the window in which it is open, in order. Hours that go on over midnight are one part.</summary>
    public List<Interval> OpenWithin(Interval window)
    {
        List<Interval> open = [];
        if (window.IsEmpty)
        {
            return open;
        }

        // Where the clock is put back over midnight, a day begins before the one before it is over: one more on both sides.
        var last = Clock.DayOf(window.End).AddDays(1);
        for (var day = Clock.DayOf(window.Start).AddDays(-1); day <= last; day = day.AddDays(1))
        {
            foreach (var (from, until) in HoursOf(day))
            {
                open.Add(new Interval(Clock.Instant(day, from), Clock.Instant(day, until)).Shared(window));
            }
        }

        Intervals.Join(open);
        return open;
    }

    /// <summary>The first instant, from this one on, at which it is open; null when it stays closed for more than a year.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset after)
    {
        for (var days = 2; days <= DaysSearched; days *= 4)
        {
            if (OpenWithin(new(after, after.AddDays(days))) is [var first, ..])
            {
                return first.Start;
            }
        }

        return null;
    }

    /// <summary>
    /// When something that lasts so many minutes could begin, on step and from <paramref name="after"/> on, as far as opening
    /// hours go; null when it could not within more than a year.
    /// </summary>
    public DateTimeOffset? NextStart(DateTimeOffset after, int minutes, int step)
    {
        for (var days = 2; days <= DaysSearched; days *= 4)
        {
            if (StartTimes.First(OpenWithin(new(after, after.AddDays(days).AddMinutes(minutes))), Clock, minutes, step) is { } start)
            {
                return start;
            }
        }

        return null;
    }

    private static (int From, int Until) Minutes(string opens, string closes) =>
        DayTime.TryParse(opens, out var from) && DayTime.TryParse(closes, out var until)
            ? (from, until)
            : throw new FormatException($"Not opening hours: {opens} to {closes}.");

    private (int From, int Until)[] HoursOf(DateOnly day) =>
        exceptions.TryGetValue(day, out var exception) ? exception.Hours : week[(int)day.Weekday()];
}
