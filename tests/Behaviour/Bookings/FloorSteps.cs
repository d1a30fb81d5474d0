using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>What people do to have a place to work.</summary>
internal static class FloorSteps
{
    /// <summary>A space for eight, and what <paramref name="settings"/> say in the words of the API.</summary>
    public static async Task<Guid> AddSpaceAsync(
        this Person staff, Guid location, string kind = "room", object? settings = null, Guid? area = null, string? name = null)
    {
        var body = new JsonObject
        {
            ["location_id"] = location, ["kind"] = kind, ["name"] = name ?? AccountSteps.NewName(kind), ["capacity"] = 8, ["area_id"] = area,
        };
        foreach (var (member, value) in JsonSerializer.SerializeToNode(settings ?? new { })!.AsObject())
        {
            body[member] = value?.DeepClone();
        }

        return (await staff.PostAsync("/api/bookings/spaces", body)).Expect(HttpStatusCode.Created).Id;
    }

    /// <summary>The same by an administrator whom nobody needs to know.</summary>
    public static async Task<Guid> AddSpaceAsync(
        this RunningPlatform platform, Guid location, string kind = "room", object? settings = null, Guid? area = null, string? name = null) =>
        await (await platform.AdminAsync()).AddSpaceAsync(location, kind, settings, area, name);

    /// <summary>A space that consists of others.</summary>
    public static async Task<Guid> AddWholeAsync(this Person staff, Guid location, params Guid[] parts)
    {
        var whole = await staff.AddSpaceAsync(location, "event_hall");
        (await staff.PutAsync($"/api/bookings/spaces/{whole}/parts", new { part_ids = parts })).Expect(HttpStatusCode.OK);
        return whole;
    }

    /// <summary>A hot-desk area with so many desks.</summary>
    public static async Task<(Guid Area, Guid[] Desks)> AddAreaAsync(this Person staff, Guid location, int desks)
    {
        var area = await staff.AddSpaceAsync(location, "hot_desk_area", new { capacity = 1 });
        var added = (await staff.PostAsync($"/api/bookings/spaces/{area}/desks", new { count = desks })).Expect(HttpStatusCode.Created);
        return (area, [.. added.Json.EnumerateArray().Select(desk => desk.GetProperty("id").GetGuid())]);
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
