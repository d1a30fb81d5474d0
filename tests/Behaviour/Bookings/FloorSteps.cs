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

    /// <summary>Something a location offers: with a price it can be ordered.</summary>
    public static async Task<Guid> AddAmenityAsync(this Person staff, Guid location, string name, decimal? price = null, int? stock = null) =>
        (await staff.PostAsync("/api/bookings/amenities", new { location_id = location, name, unit_price = price, stock })).Expect(HttpStatusCode.Created).Id;

    public static Task<Answer> OrderAsync(this Person person, Guid space, DateTimeOffset from, DateTimeOffset to, Guid amenity, int quantity = 1) =>
        person.PostAsync("/api/bookings", new { space_id = space, starts_at = from, ends_at = to, services = new[] { new { amenity_id = amenity, quantity } } });

    public static Task<Answer> BlockAsync(this Person staff, Guid space, DateTimeOffset from, DateTimeOffset to, string bookings = "refuse") =>
        staff.PostAsync("/api/bookings/blocks", new { space_id = space, starts_at = from, ends_at = to, reason = "Paint", bookings });

    public static Task<Answer> HoldAsync(this Person person, Guid space, DateTimeOffset from, DateTimeOffset to) =>
        person.PostAsync("/api/bookings", new { space_id = space, starts_at = from, ends_at = to });

    /// <summary>A booking that stands; it costs nothing.</summary>
    public static async Task<Guid> BookAsync(this Person person, Guid space, DateTimeOffset from, DateTimeOffset to)
    {
        var id = (await person.HoldAsync(space, from, to)).Expect(HttpStatusCode.Created).Id;
        Assert.Equal("confirmed", (await person.PostAsync($"/api/bookings/{id}/confirm")).Expect(HttpStatusCode.OK).Text("status"));
        return id;
    }

    /// <summary>What the floor shows of a space now.</summary>
    public static async Task<JsonElement> LookAsync(this Person person, Guid location, Guid space) =>
        (await person.GetAsync($"/api/bookings/floor?location_id={location}")).Expect(HttpStatusCode.OK)["spaces"].EnumerateArray()
            .Single(shown => shown.GetProperty("id").GetGuid() == space);

    /// <summary>Lets time pass. Sessions end meanwhile: these people sign in again.</summary>
    public static async Task MoveToAsync(this RunningPlatform platform, DateTimeOffset instant, params Person[] people)
    {
        platform.Clock.MoveTo(instant);
        foreach (var person in people)
        {
            await person.LoginAsync(person.Username);
        }
    }

    /// <summary>Next Wednesday, so many hours after midnight in UTC.</summary>
    public static DateTimeOffset Wednesday(this RunningPlatform platform, double hours)
    {
        var today = platform.Clock.GetUtcNow().UtcDateTime.Date;
        return new DateTimeOffset(today.AddDays(7 + ((int)DayOfWeek.Wednesday - (int)today.DayOfWeek)), TimeSpan.Zero).AddHours(hours);
    }
}
