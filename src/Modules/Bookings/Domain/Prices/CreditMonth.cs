using System.Globalization;
using Portico.Platform.Time;

namespace Portico.Bookings.Domain.Prices;

/// <summary>The months that credits belong to, by their first day.</summary>
internal static class CreditMonth
{
    public const string Pattern = "^20[0-9]{2}-(0[1-9]|1[0-2])$";

    // The place that is farthest behind.
    private static readonly TimeSpan Behind = TimeSpan.FromHours(12);

    /// <summary>A booking's, by when it begins where it is.</summary>
    public static DateOnly Of(DateTimeOffset startsAt, TimeZoneInfo zone) => First(LocalDay.Of(startsAt, zone));

    /// <summary>The one that goes on now, where nobody says in which place.</summary>
    public static DateOnly At(DateTimeOffset now) => First(DateOnly.FromDateTime(now.UtcDateTime));

    /// <summary>The earliest that goes on anywhere: what is over before it is given nothing any more.</summary>
    public static DateOnly EarliestAt(DateTimeOffset now) => At(now - Behind);

    public static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>What fits the pattern.</summary>
    public static DateOnly Read(string month) => DateOnly.ParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture);

    private static DateOnly First(DateOnly day) => new(day.Year, day.Month, 1);
}
