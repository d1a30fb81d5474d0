using System.Globalization;

namespace Portico.Bookings.Domain.Calendar;

/// <summary>Months as callers write them in an address: <c>2026-12</c>, of the same century as days.</summary>
internal static class CalendarMonth
{
    public const string Wrong = "This is not a month such as 2026-12, from 2000-01 to 2099-12.";

    public static bool TryRead(string text, out DateOnly first) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out first) && first.Year is >= 2000 and < 2100;

    public static IReadOnlyList<DateOnly> DaysOf(DateOnly first) =>
        [.. Enumerable.Range(0, DateTime.DaysInMonth(first.Year, first.Month)).Select(first.AddDays)];
}
