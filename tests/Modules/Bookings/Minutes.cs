using Portico.Bookings.Domain.Calendar;

namespace Portico.Tests.Modules.Bookings;

/// <summary>
/// Ten days around a night on which the clocks are changed, minute by minute: what the rules are compared with. It asks the
/// zone only what the clock shows at an instant, and finds everything else by looking.
/// </summary>
internal sealed class Minutes
{
    public static readonly IReadOnlyList<Minutes> Nights =
    [
        new("Europe/Rome", new(2026, 3, 29)), new("Europe/Rome", new(2026, 10, 25)),
        new("America/New_York", new(2026, 3, 8)), new("America/New_York", new(2026, 11, 1)),
        // Changes at midnight, of half an hour and of two hours.
        new("Africa/Cairo", new(2026, 4, 24)), new("Africa/Cairo", new(2026, 10, 30)),
        new("America/Havana", new(2026, 11, 1)), new("Australia/Lord_Howe", new(2026, 10, 4)),
        new("Australia/Lord_Howe", new(2026, 4, 5)), new("Antarctica/Troll", new(2026, 3, 29)),
    ];

    private readonly DateTime[] shown;
    private readonly Dictionary<DateTime, int> first = [];

    private Minutes(string zone, DateOnly night)
    {
        (Zone, Night) = (zone, night);
        Begin = new DateTimeOffset(night.AddDays(-4).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var tables = TimeZoneInfo.FindSystemTimeZoneById(zone);
        shown = [.. Enumerable.Range(0, 10 * 1440).Select(minute => TimeZoneInfo.ConvertTime(Begin.AddMinutes(minute), tables).DateTime)];
        for (var minute = 0; minute < shown.Length; minute++)
        {
            first.TryAdd(shown[minute], minute);
        }

        Change = Enumerable.Range(1, shown.Length - 1).Single(i => shown[i] - shown[i - 1] != TimeSpan.FromMinutes(1));
    }

    public string Zone { get; }

    public DateOnly Night { get; }

    public DateTimeOffset Begin { get; }

    public int Count => shown.Length;

    /// <summary>The first minute after the clock was changed.</summary>
    public int Change { get; }

    /// <summary>The days of which every minute is here.</summary>
    public IEnumerable<DateOnly> Days => Enumerable.Range(-2, 5).Select(Night.AddDays);

    public int IndexOf(DateTimeOffset instant) => (int)(instant - Begin).TotalMinutes;

    public DateTimeOffset At(int minute) => Begin.AddMinutes(minute);

    public DateTime Shown(int minute) => shown[minute];

    public DateOnly DayAt(int minute) => DateOnly.FromDateTime(shown[minute]);

    public bool OnStep(int minute, int step) =>
        ((shown[minute].Hour * 60) + shown[minute].Minute) % step == 0 || DayAt(minute) > DayAt(minute - 1);

    /// <summary>When the clock first shows it; what it skips is later by as much as it skips.</summary>
    public int Of(DateTime time)
    {
        if (first.TryGetValue(time, out var minute))
        {
            return minute;
        }

        Assert.True(time > shown[Change - 1] && time < shown[Change], $"{time} is not in these days");
        return first[time + (shown[Change] - shown[Change - 1]) - TimeSpan.FromMinutes(1)];
    }

    public int Of(DateOnly day, int minutes) => Of(day.ToDateTime(TimeOnly.MinValue).AddMinutes(minutes));

    /// <summary>Where something ends that lasts whole days by the calendar and so many minutes more.</summary>
    public int EndOf(int start, int minutes) => (minutes < 1440 ? start : Of(shown[start].AddDays(minutes / 1440))) + (minutes % 1440);

    public Interval Interval(int from, int until) => new(At(from), At(until));

    public bool[] Mark(IEnumerable<Interval> intervals)
    {
        var marked = new bool[Count];
        foreach (var interval in intervals)
        {
            for (var minute = Math.Max(0, (int)(interval.Start - Begin).TotalMinutes); minute < Count && At(minute) < interval.End; minute++)
            {
                marked[minute] = true;
            }
        }

        return marked;
    }

    /// <summary>The longest stretches of marked minutes.</summary>
    public List<Interval> Runs(Func<int, bool> isMarked)
    {
        List<Interval> runs = [];
        for (var minute = 0; minute < Count; minute++)
        {
            var begin = minute;
            while (minute < Count && isMarked(minute))
            {
                minute++;
            }

            if (minute > begin)
            {
                runs.Add(Interval(begin, minute));
            }
        }

        return runs;
    }

    public override string ToString() => $"{Zone} {Night:yyyy-MM-dd}";
}
