using System.Globalization;

namespace Portico.Bookings.Domain.Calendar;

/// <summary>Days as callers write them in an address: <c>2026-12-25</c>, within a century in which arithmetic overflows nowhere.</summary>
internal static class CalendarDay
{
    public const string Wrong = "This is not a day such as 2026-12-25, from 2000-01-01 to 2100-01-01.";
    private static readonly DateOnly First = new(2000, 1, 1);
    private static readonly DateOnly Last = new(2100, 1, 1);

    public static bool TryRead(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day >= First && day <= Last;
}
