using System.Text.Json;
using System.Text.Json.Serialization;
using Portico.Bookings.Domain.Calendar;

namespace Portico.Bookings.Data;

/// <summary>Opening hours in the database: the JSON that callers send and are shown.</summary>
internal static class OpeningHoursJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public static string Write(IEnumerable<OpeningRange> week) =>
        JsonSerializer.Serialize(week.OrderBy(range => range.Day).ThenBy(range => range.Opens, StringComparer.Ordinal), Options);

    public static string Write(IEnumerable<DayRange> day) =>
        JsonSerializer.Serialize(day.OrderBy(range => range.Opens, StringComparer.Ordinal), Options);

    public static IReadOnlyList<OpeningRange> ReadWeek(string json) => JsonSerializer.Deserialize<OpeningRange[]>(json, Options)!;

    public static IReadOnlyList<DayRange> ReadDay(string json) => JsonSerializer.Deserialize<DayRange[]>(json, Options)!;
}
