using System.Globalization;

namespace Portico.Bookings.Domain.Rules;

/// <summary>Lengths and times as sentences say them.</summary>
internal static class Phrases
{
    private const int MinutesOfAnHour = 60;
    private const int MinutesOfADay = 24 * MinutesOfAnHour;

    public static string Minutes(int minutes) => minutes switch
    {
        _ when minutes % MinutesOfADay == 0 => Count(minutes / MinutesOfADay, "day"),
        _ when minutes % MinutesOfAnHour == 0 => Count(minutes / MinutesOfAnHour, "hour"),
        _ => Count(minutes, "minute"),
    };

    public static string Days(int days) => Count(days, "day");

    /// <summary>As the clock of the location shows it.</summary>
    public static string Time(DateTime shown) => shown.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Count(int number, string unit) => $"{number} {unit}{(number == 1 ? "" : "s")}";
}
