using Portico.Bookings.Domain.Calendar;

namespace Portico.Bookings.Domain.Series;

/// <summary>What makes a rule no rule. The ranges of single values are checked where it is read.</summary>
internal static class SeriesFaults
{
    private static readonly DateOnly Earliest = new(2000, 1, 1);
    private static readonly DateOnly Latest = new(2100, 1, 1);

    /// <summary>The JSON name of the field that is wrong and why, or null. What it lets through can be expanded.</summary>
    public static (string Field, string Fault)? Refuse(SeriesRule rule) => rule switch
    {
        _ when rule.StartsOn < Earliest || rule.StartsOn > Latest => ("starts_on", "A series starts between 2000-01-01 and 2100-01-01."),
        { Count: null, Until: null } => ("count", "A series needs a count or a last day (until)."),
        { Count: not null, Until: not null } => ("until", "A series has a count or a last day (until), not both."),
        { Frequency: not SeriesFrequency.Weekly, Weekdays: not null } => ("weekdays", "Only weekly series have weekdays."),
        { Weekdays: { } days } when days.Any(day => !Enum.IsDefined(day)) => ("weekdays", "There is no such weekday."),
        { Frequency: not SeriesFrequency.Monthly, DayOfMonth: not null } => ("day_of_month", "Only monthly series have a day of the month."),
        { Frequency: not SeriesFrequency.Monthly, Weekday: not null } => ("weekday", "Only monthly series have a weekday of the month."),
        { DayOfMonth: not null, Weekday: not null } => ("weekday", "A monthly series has a day or a weekday of the month, not both."),
        _ when rule.Until < rule.StartsOn => ("until", "A series ends after it starts."),
        _ when rule.Until > SeriesDates.Farthest(rule) => ("until", $"A series reaches {SeriesRule.MostMonths} months at the most."),
        _ => RefuseDays(rule),
    };

    private static (string Field, string Fault)? RefuseDays(SeriesRule rule)
    {
        List<DateOnly> days = [.. SeriesDates.HoweverMany(rule).Take(rule.Count ?? (SeriesRule.MostOccurrences + 1))];
        if (days.Count < rule.Count)
        {
            return ("count", $"A series reaches {SeriesRule.MostMonths} months at the most; this one comes {days.Count} times in them.");
        }

        if (days.Count > SeriesRule.MostOccurrences)
        {
            return ("until", $"A series has {SeriesRule.MostOccurrences} occurrences at the most.");
        }

        if (days.All(day => rule.Skip?.Contains(day) is true))
        {
            return ("until", "No day of the series is left.");
        }

        return days.Zip(days.Skip(1)).Any(pair => (pair.Second.DayNumber - pair.First.DayNumber) * WallClock.MinutesOfADay < rule.Minutes)
            ? ("minutes", "Each would last longer than until the next one starts.")
            : null;
    }
}
