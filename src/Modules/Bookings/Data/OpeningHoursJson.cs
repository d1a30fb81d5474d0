using Portico.Bookings.Domain.Calendar;

namespace Portico.Bookings.Data;

/// <summary>Opening hours in the database: the JSON that callers send and are shown.</summary>
internal static class OpeningHoursJson
{
    public static string Write(IEnumerable<OpeningRange> week) =>
        StoredJson.Write(week.OrderBy(range => range.Day).ThenBy(range => range.Opens, StringComparer.Ordinal));

    public static string Write(IEnumerable<DayRange> day) =>
        StoredJson.Write(day.OrderBy(range => range.Opens, StringComparer.Ordinal));

    public static IReadOnlyList<OpeningRange> ReadWeek(string json) => StoredJson.Read<OpeningRange[]>(json);

    public static IReadOnlyList<DayRange> ReadDay(string json) => StoredJson.Read<DayRange[]>(json);
}
