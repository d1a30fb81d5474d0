using System.Globalization;

namespace Portico.Bookings.Domain.Calendar;

public enum Weekday
{
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

internal static class DayTime
{
    /// <summary>Reads <c>HH:mm</c>, to <c>24:00</c>, as minutes since midnight.</summary>
    public static bool TryParse(string text, out int minutes)
    {
        minutes = 0;
        if (text.Length != 5 || text[2] != ':'
            || !int.TryParse(text.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
            || !int.TryParse(text.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
            || hour > 24 || minute > 59 || (hour == 24 && minute > 0))
        {
            return false;
        }

        minutes = (hour * 60) + minute;
        return true;
    }
}
