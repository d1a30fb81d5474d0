namespace Portico.Bookings.Domain.Calendar;

/// <summary>Which opening hours make sense: each range ends after it begins, and no two of a day share a minute.</summary>
internal static class WellFormedHours
{
    /// <summary>The most ranges of a week.</summary>
    public const int MostOfAWeek = 50;

    /// <summary>The most ranges of one day.</summary>
    public const int MostOfADay = 10;

    /// <summary>What is wrong with them, or null.</summary>
    public static string? Refuse(IEnumerable<OpeningRange> week) =>
        week.GroupBy(range => range.Day).Select(day => Refuse(day.Select(range => new DayRange(range.Opens, range.Closes))))
            .FirstOrDefault(refusal => refusal is not null);

    /// <summary>What is wrong with one day's, or null.</summary>
    public static string? Refuse(IEnumerable<DayRange> day)
    {
        List<(int From, int Until)> ranges = [];
        foreach (var range in day)
        {
            if (!DayTime.TryParse(range.Opens, out var from) || !DayTime.TryParse(range.Closes, out var until))
            {
                return DayTime.Wrong;
            }

            if (until <= from)
            {
                return "A range has to close after it opens. A night goes on to 24:00, and the next day on from 00:00.";
            }

            ranges.Add((from, until));
        }

        ranges.Sort();
        return ranges.Zip(ranges.Skip(1)).Any(pair => pair.Second.From < pair.First.Until) ? "Two ranges of a day overlap." : null;
    }
}
