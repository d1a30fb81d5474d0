using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Portico.Bookings.Domain.Calendar;

/// <summary>A day of the week, the week beginning on Monday.</summary>
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

/// <summary>
/// Open every week on that day, from <paramref name="Opens"/> to <paramref name="Closes"/> in the location's time: <c>08:00</c>
/// to <c>20:00</c>. A night goes on to <c>24:00</c>, and the next day on from <c>00:00</c>.
/// </summary>
public sealed record OpeningRange(
    [property: JsonRequired] Weekday Day,
    [property: Required, RegularExpression(DayTime.Pattern, ErrorMessage = DayTime.Wrong)] string Opens,
    [property: Required, RegularExpression(DayTime.Pattern, ErrorMessage = DayTime.Wrong)] string Closes);

/// <summary>Open from <paramref name="Opens"/> to <paramref name="Closes"/>, on a day that is said elsewhere.</summary>
public sealed record DayRange(
    [property: Required, RegularExpression(DayTime.Pattern, ErrorMessage = DayTime.Wrong)] string Opens,
    [property: Required, RegularExpression(DayTime.Pattern, ErrorMessage = DayTime.Wrong)] string Closes);

/// <summary>Times of day as opening hours write them: <c>00:00</c> to <c>24:00</c>, the end of the day.</summary>
internal static class DayTime
{
    public const string Pattern = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$";
    public const string Wrong = "This is not a time of day from 00:00 to 24:00.";
    public const int MinutesOfADay = 24 * 60;

    public static bool TryParse(string text, out int minutes)
    {
        minutes = 0;
        if (text is not [>= '0' and <= '2', >= '0' and <= '9', ':', >= '0' and <= '5', >= '0' and <= '9'])
        {
            return false;
        }

        minutes = (((text[0] - '0') * 10) + text[1] - '0') * 60;
        minutes += ((text[3] - '0') * 10) + text[4] - '0';
        return minutes <= MinutesOfADay;
    }
}
