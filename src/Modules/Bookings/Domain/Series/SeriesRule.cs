using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Portico.Bookings.Domain.Calendar;

namespace Portico.Bookings.Domain.Series;

/// <summary>How often a series comes.</summary>
public enum SeriesFrequency
{
    /// <summary>Every so many days.</summary>
    Daily,

    /// <summary>On days of every so many weeks.</summary>
    Weekly,

    /// <summary>On a day of every so many months.</summary>
    Monthly,
}

/// <summary>Which of a month's Mondays, Tuesdays and so on.</summary>
public enum WeekOfMonth
{
    First,
    Second,
    Third,
    Fourth,

    /// <summary>The fourth or, in a month that has five, the fifth.</summary>
    Last,
}

/// <summary>A day of a month such as the second Tuesday or the last Friday.</summary>
public sealed record MonthlyWeekday([property: JsonRequired] WeekOfMonth Week, [property: JsonRequired] Weekday Day);

/// <summary>
/// When a series takes place, by the location's clock: its start stays at the same time of day when the clocks are changed.
/// A time that the clock skips that night is as much later, one that it shows twice is the first.
/// </summary>
/// <param name="Interval">Every so many days, weeks (which begin on Monday) or months, counted from the first day's.</param>
/// <param name="StartsOn">Nothing takes place before. It is part of the series only if the rule says so.</param>
/// <param name="Time"><c>HH:mm</c>.</param>
/// <param name="Minutes">How long each lasts: whole days by the calendar, and the minutes beyond them as they pass.</param>
/// <param name="Weekdays">Weekly: on which days; the first day's when left out.</param>
/// <param name="DayOfMonth">
/// Monthly: on which day; the first day's when this and <paramref name="Weekday"/> are left out. Months that have no such day are skipped.
/// </param>
/// <param name="Weekday">Monthly: or on which weekday of the month.</param>
/// <param name="Count">How many there are, skipped ones counted; either this or <paramref name="Until"/>.</param>
/// <param name="Until">The last day that may be part of it.</param>
/// <param name="Skip">Days that are left out.</param>
public sealed record SeriesRule(
    [property: JsonRequired] SeriesFrequency Frequency,
    [property: JsonRequired] DateOnly StartsOn,
    [property: Required, RegularExpression(SeriesRule.TimePattern, ErrorMessage = "This is not a time of day from 00:00 to 23:59.")] string Time,
    [property: JsonRequired, Range(1, SeriesRule.LongestMinutes)] int Minutes,
    [property: Range(1, SeriesRule.LargestInterval)] int Interval = 1,
    [property: MaxLength(7)] IReadOnlyList<Weekday>? Weekdays = null,
    [property: Range(1, 31)] int? DayOfMonth = null,
    MonthlyWeekday? Weekday = null,
    [property: Range(1, SeriesRule.MostOccurrences)] int? Count = null,
    DateOnly? Until = null,
    [property: MaxLength(SeriesRule.MostOccurrences)] IReadOnlyList<DateOnly>? Skip = null)
{
    /// <summary>No series has more.</summary>
    public const int MostOccurrences = 366;

    /// <summary>No series reaches further from its first day.</summary>
    public const int MostMonths = 24;

    internal const int LargestInterval = 52;
    internal const int LongestMinutes = 31 * 24 * 60;
    internal const string TimePattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$";
}
