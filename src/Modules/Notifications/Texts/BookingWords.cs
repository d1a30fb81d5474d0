using System.Globalization;
using Portico.Contracts.Bookings;

namespace Portico.Notifications.Texts;

/// <summary>How bookings, times and amounts are written.</summary>
internal static class BookingWords
{
    private static readonly string[] DaysInItalian = ["dom", "lun", "mar", "mer", "gio", "ven", "sab"];
    private static readonly string[] MonthsInItalian = ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"];

    /// <summary>As Bookings writes it.</summary>
    public static string Reference(Guid booking) => booking.ToString("N")[^8..].ToUpperInvariant();

    /// <summary>What, where and when.</summary>
    public static string What(BookedTime booking, Telling telling) =>
        $"{booking.SpaceName}{(telling.Place is { } place ? $", {place}" : "")}: {When(booking, telling.Tongue)} ({Reference(booking.BookingId)})";

    /// <summary>In the time of the location.</summary>
    public static string When(BookedTime booking, Tongue tongue)
    {
        var (starts, ends) = (Local(booking.StartsAt, booking.TimeZone), Local(booking.EndsAt, booking.TimeZone));
        return starts.Date == ends.Date
            ? $"{Day(starts, tongue)}, {Clock(starts)}–{Clock(ends)}"
            : $"{Day(starts, tongue)}, {Clock(starts)} – {Day(ends, tongue)}, {Clock(ends)}";
    }

    public static string TimeOf(DateTimeOffset instant, string timeZone, Tongue tongue)
    {
        var local = Local(instant, timeZone);
        return $"{Day(local, tongue)}, {Clock(local)}";
    }

    public static string DayOf(DateOnly day, Tongue tongue) => Day(day.ToDateTime(TimeOnly.MinValue), tongue);

    public static string Money(decimal amount, string currency) => string.Create(CultureInfo.InvariantCulture, $"{amount:0.00##} {currency}");

    private static DateTime Local(DateTimeOffset instant, string timeZone) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc).DateTime;

    private static string Clock(DateTime local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Day(DateTime local, Tongue tongue) => tongue.Say(
        local.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"{DaysInItalian[(int)local.DayOfWeek]} {local.Day} {MonthsInItalian[local.Month - 1]} {local.Year}"));
}
