using System.Globalization;
using System.Text.Json;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>What people ask who look for a time and not for a space.</summary>
internal static class CalendarSteps
{
    /// <param name="of">Of what: <c>location_id=…</c> or <c>space_id=…</c>, and filters.</param>
    public static async Task<Answer> DayAsync(this Person person, DateOnly date, string of) =>
        (await person.GetAsync($"/api/bookings/availability/day?date={date:yyyy-MM-dd}&{of}")).Expect(HttpStatusCode.OK);

    public static async Task<Answer> MonthAsync(this Person person, DateOnly date, string of) =>
        (await person.GetAsync($"/api/bookings/availability/month?month={date:yyyy-MM}&{of}")).Expect(HttpStatusCode.OK);

    public static async Task<JsonElement> DayOfMonthAsync(this Person person, DateOnly date, string of) =>
        (await person.MonthAsync(date, of))["days"].EnumerateArray().Single(day => day.GetProperty("date").GetString() == $"{date:yyyy-MM-dd}");

    public static async Task<Answer> NextAsync(this Person person, int minutes, DateTimeOffset from, string of) =>
        (await person.GetAsync($"/api/bookings/availability/next?minutes={minutes}&from={AvailabilitySteps.At(from)}&{of}")).Expect(HttpStatusCode.OK);

    /// <summary>In hours and minutes in UTC: <c>07:00-09:30</c>.</summary>
    public static string[] Stretches(this JsonElement item, string name) =>
        [.. item.GetProperty(name).EnumerateArray().Select(time => $"{Hour(time.GetProperty("from"))}-{Hour(time.GetProperty("until"))}")];

    public static string Hour(DateTimeOffset instant) => instant.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The next day there that is longer or shorter than others, and by how many hours it lasts.</summary>
    public static DateOnly DayOf(this RunningPlatform platform, int hours, string zone)
    {
        var (day, tables) = (DateOnly.FromDateTime(platform.Clock.GetUtcNow().UtcDateTime).AddDays(2), TimeZoneInfo.FindSystemTimeZoneById(zone));
        while (Midnight(day.AddDays(1)) - Midnight(day) != TimeSpan.FromHours(hours))
        {
            day = day.AddDays(1);
        }

        return day;

        DateTime Midnight(DateOnly date) => TimeZoneInfo.ConvertTimeToUtc(date.ToDateTime(TimeOnly.MinValue), tables);
    }

    private static string Hour(JsonElement time) => Hour(time.GetDateTimeOffset());
}
