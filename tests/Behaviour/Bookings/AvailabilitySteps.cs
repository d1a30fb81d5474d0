using System.Globalization;
using System.Text.Json;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>What people ask before they book, and places to ask about.</summary>
internal static class AvailabilitySteps
{
    public const string AlwaysOpen =
        """
        [{"day":"monday","opens":"00:00","closes":"24:00"},{"day":"tuesday","opens":"00:00","closes":"24:00"},{"day":"wednesday","opens":"00:00","closes":"24:00"},
         {"day":"thursday","opens":"00:00","closes":"24:00"},{"day":"friday","opens":"00:00","closes":"24:00"},{"day":"saturday","opens":"00:00","closes":"24:00"},
         {"day":"sunday","opens":"00:00","closes":"24:00"}]
        """;

    /// <summary>A location that is open from 08:00 to 20:00 on weekdays, unless other hours are given.</summary>
    public static async Task<Guid> OpenPlaceAsync(this RunningPlatform platform, string name, string zone = "Europe/Rome", string? hours = null)
    {
        var id = Guid.CreateVersion7();
        await platform.ExecuteAsync(
            "bookings", "insert into locations (id, name, city, time_zone, created_at) values (@id, @name, @name, @zone, now())", new { id, name, zone });
        if (hours is not null)
        {
            await platform.ExecuteAsync("bookings", "update locations set opening_hours = @hours::jsonb where id = @id", new { id, hours });
        }

        return id;
    }

    /// <param name="settings">Columns of the space, as in an update: <c>capacity = 4</c>.</param>
    public static async Task<Guid> FurnishAsync(
        this RunningPlatform platform, Guid place, string name, string kind = "room", string? settings = null, Guid? area = null, params Guid[] parts)
    {
        var id = Guid.CreateVersion7();
        await platform.ExecuteAsync(
            "bookings",
            $"""
            insert into spaces (id, location_id, kind, area_id, name, capacity, check_in_code, created_at) values (@id, @place, @kind, @area, @name, 8, @id::text, now());
            {(settings is null ? "" : $"update spaces set {settings} where id = @id;")}
            insert into space_parts (space_id, part_id) select @id, part from unnest(@parts) as part;
            select write_space_units(@place)
            """, new { id, place, kind, area, name, parts });
        return id;
    }

    public static async Task<Guid> AddAmenityAsync(this RunningPlatform platform, Guid place, string name, decimal? price = null, int? stock = null, params Guid[] spaces)
    {
        var id = Guid.CreateVersion7();
        await platform.ExecuteAsync(
            "bookings",
            """
            insert into amenities (id, location_id, name, unit_price, stock) values (@id, @place, @name, @price, @stock);
            insert into space_amenities (space_id, amenity_id) select space, @id from unnest(@spaces) as space
            """, new { id, place, name, price, stock, spaces });
        return id;
    }

    public static async Task<Guid> BlockAsync(this RunningPlatform platform, Guid space, DateTimeOffset from, DateTimeOffset to)
    {
        var id = Guid.CreateVersion7();
        await platform.ExecuteAsync(
            "bookings",
            """
            insert into blocks (id, space_id, location_id, starts_at, ends_at, reason, created_by, created_at)
            select @id, @space, location_id, @from, @to, 'Painting', @id, now() from spaces where id = @space;
            insert into claims (unit_id, during, block_id) select unit_id, tstzrange(@from, @to), @id from space_units where space_id = @space
            """, new { id, space, from, to });
        return id;
    }

    public static async Task<Answer> AvailableAsync(this Person person, DateTimeOffset from, DateTimeOffset to, string more = "") =>
        (await person.GetAsync($"/api/bookings/availability?from={At(from)}&to={At(to)}&limit=200{more}")).Expect(HttpStatusCode.OK);

    /// <summary>What is said of one space.</summary>
    public static async Task<JsonElement> AvailabilityOfAsync(this Person person, Guid space, DateTimeOffset from, DateTimeOffset to, string more = "") =>
        (await person.AvailableAsync(from, to, $"&desks=true{more}")).Items().Single(item => item.GetProperty("id").GetGuid() == space);

    /// <summary>The names of those that are free.</summary>
    public static async Task<IReadOnlyList<string>> FreeAsync(this Person person, DateTimeOffset from, DateTimeOffset to, string more = "") =>
        [.. (await person.AvailableAsync(from, to, $"&free_only=true{more}")).Items().Select(item => item.GetProperty("name").GetString()!)];

    /// <summary>Why the space cannot be had: nothing when it can.</summary>
    public static async Task<IReadOnlyList<string>> WhyNotAsync(this Person person, Guid space, DateTimeOffset from, DateTimeOffset to, string more = "") =>
        (await person.AvailabilityOfAsync(space, from, to, more)).Reasons();

    public static async Task<Answer> PriceAsync(this Person person, Guid space, DateTimeOffset from, DateTimeOffset to, string more = "") =>
        (await person.GetAsync($"/api/bookings/price?space_id={space}&from={At(from)}&to={At(to)}{more}")).Expect(HttpStatusCode.OK);

    public static async Task<Answer> BookedAsync(this Person person, Guid space, DateTimeOffset from, DateTimeOffset to)
    {
        var held = (await person.HoldAsync(space, from, to)).Expect(HttpStatusCode.Created);
        return (await person.PostAsync($"/api/bookings/{held.Id}/confirm")).Expect(HttpStatusCode.OK);
    }

    public static IReadOnlyList<JsonElement> Items(this Answer answer) => [.. answer["items"].EnumerateArray()];

    public static IReadOnlyList<string> Reasons(this JsonElement item) =>
        [.. item.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("reason").GetString()!)];

    public static bool IsFree(this JsonElement item) => item.GetProperty("free").GetBoolean();

    public static string At(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
