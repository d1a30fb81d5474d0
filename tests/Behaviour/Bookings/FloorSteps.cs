namespace Portico.Tests.Behaviour.Bookings;

/// <summary>What people do to have a place to work.</summary>
internal static class FloorSteps
{
    public static async Task<Guid> AddSpaceAsync(this RunningPlatform platform, Guid location, string kind = "room", string settings = "", Guid? area = null)
    {
        var id = Guid.CreateVersion7();
        await platform.ExecuteAsync(
            "bookings",
            $"""
            insert into spaces (id, location_id, kind, area_id, name, capacity, check_in_code, created_at) values (@id, @location, @kind, @area, @id::text, 8, @id::text, now());
            {(settings.Length == 0 ? "" : $"update spaces set {settings} where id = @id;")}
            select write_space_units(@location)
            """, new { id, location, kind, area });
        return id;
    }

    public static async Task<Guid> AddPlaceAsync(this RunningPlatform platform, string zone = "Europe/Rome")
    {
        var id = Guid.CreateVersion7();
        await platform.ExecuteAsync(
            "bookings", "insert into locations (id, name, time_zone, created_at) values (@id, @id::text, @zone, now())", new { id, zone });
        return id;
    }

    public static Task<Answer> HoldAsync(this Person person, Guid space, DateTimeOffset from, DateTimeOffset to) =>
        person.PostAsync("/api/bookings", new { space_id = space, starts_at = from, ends_at = to });

    /// <summary>Next Wednesday, so many hours after midnight in UTC.</summary>
    public static DateTimeOffset Wednesday(this RunningPlatform platform, double hours)
    {
        var today = platform.Clock.GetUtcNow().UtcDateTime.Date;
        return new DateTimeOffset(today.AddDays(7 + ((int)DayOfWeek.Wednesday - (int)today.DayOfWeek)), TimeSpan.Zero).AddHours(hours);
    }
}
