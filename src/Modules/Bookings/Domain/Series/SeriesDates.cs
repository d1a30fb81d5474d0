using Portico.Bookings.Domain.Calendar;

namespace Portico.Bookings.Domain.Series;

/// <summary>The days of a series.</summary>
internal static class SeriesDates
{
    /// <summary>In order, those that are skipped too; never more, nor further, than a series may have.</summary>
    public static IEnumerable<DateOnly> WithSkipped(SeriesRule rule) =>
        HoweverMany(rule).Take(Math.Min(rule.Count ?? int.MaxValue, SeriesRule.MostOccurrences));

    /// <summary>Those too that are more than the rule counts, or than a series may have.</summary>
    public static IEnumerable<DateOnly> HoweverMany(SeriesRule rule)
    {
        var last = rule.Until is { } until && until < Farthest(rule) ? until : Farthest(rule);
        return InOrder(rule).SkipWhile(day => day < rule.StartsOn).TakeWhile(day => day <= last);
    }

    public static IEnumerable<DateOnly> Of(SeriesRule rule) => WithSkipped(rule).Where(day => rule.Skip?.Contains(day) is not true);

    /// <summary>How far any series reaches that begins then.</summary>
    public static DateOnly Farthest(SeriesRule rule) => rule.StartsOn.AddMonths(SeriesRule.MostMonths);

    // Steps are counted and not days, since months without the day are left out; they end where no series reaches.
    private static IEnumerable<DateOnly> InOrder(SeriesRule rule) => rule.Frequency switch
    {
        SeriesFrequency.Daily => Steps(rule).Select(step => rule.StartsOn.AddDays(step * rule.Interval)),
        SeriesFrequency.Weekly =>
            from step in Steps(rule)
            let monday = rule.StartsOn.AddDays(-(int)rule.StartsOn.Weekday() + (7 * step * rule.Interval))
            from weekday in WeekdaysOf(rule)
            select monday.AddDays((int)weekday),
        _ =>
            from step in Steps(rule)
            let first = new DateOnly(rule.StartsOn.Year, rule.StartsOn.Month, 1).AddMonths(step * rule.Interval)
            let day = rule.Weekday is { } weekday ? DayOf(first, weekday) : DayOf(first, rule.DayOfMonth ?? rule.StartsOn.Day)
            where day is not null
            select day.Value,
    };

    private static IEnumerable<int> Steps(SeriesRule rule)
    {
        var (from, until) = (rule.StartsOn, Farthest(rule));
        var steps = rule.Frequency switch
        {
            SeriesFrequency.Daily => until.DayNumber - from.DayNumber,
            SeriesFrequency.Weekly => ((until.DayNumber - from.DayNumber) / 7) + 1,
            _ => SeriesRule.MostMonths,
        };
        return Enumerable.Range(0, (steps / rule.Interval) + 1);
    }

    private static IEnumerable<Weekday> WeekdaysOf(SeriesRule rule) =>
        rule.Weekdays is { Count: > 0 } days ? days.Distinct().Order() : [rule.StartsOn.Weekday()];

    private static DateOnly? DayOf(DateOnly first, int day) =>
        day <= DateTime.DaysInMonth(first.Year, first.Month) ? first.AddDays(day - 1) : null;

    private static DateOnly DayOf(DateOnly first, MonthlyWeekday which)
    {
        var earliest = first.AddDays(((int)which.Day - (int)first.Weekday() + 7) % 7);
        if (which.Week is not WeekOfMonth.Last)
        {
            return earliest.AddDays(7 * (int)which.Week);
        }

        var fifth = earliest.AddDays(28);
        return fifth.Month == first.Month ? fifth : earliest.AddDays(21);
    }
}
