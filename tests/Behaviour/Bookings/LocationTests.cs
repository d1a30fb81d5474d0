using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class LocationTests
{
    private const string Locations = "/api/bookings/locations";

    [Theory, InBothShapes]
    public async Task Administrators_keep_the_locations_and_everybody_sees_them(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var location = await admin.AddLocationAsync("Milano Isola", closesAt: "21:30");

        var seen = Assert.Single((await anna.GetAsync(Locations)).Expect(HttpStatusCode.OK).Json.EnumerateArray());
        Assert.Equal(("Milano Isola", "Europe/Rome", "21:30"), (seen.Word("name"), seen.Word("time_zone"), seen.Word("closes_at")));
        Assert.Equal(("EUR", 0m, true), (seen.Word("currency"), seen.GetProperty("tax_percent").GetDecimal(), seen.GetProperty("prices_include_tax").GetBoolean()));
        Assert.Equal(5, seen.GetProperty("opening_hours").GetArrayLength());
        (await admin.PatchAsync($"{Locations}/{location}", new { name = "Milano", closes_at = "23:00", city = "Milano", tax_percent = 8.875 })).Expect(HttpStatusCode.OK);
        var changed = (await anna.GetAsync($"{Locations}/{location}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("23:00", "Milano", 8.875m), (changed.Text("closes_at"), changed.Text("city"), changed["tax_percent"].GetDecimal()));
        Assert.Null((await admin.PatchAsync($"{Locations}/{location}", new { city = (string?)null }))["city"].GetString());

        (await admin.PostAsync(Locations, new { name = "MILANO", time_zone = "UTC" })).Expect(HttpStatusCode.Conflict, "location-name-taken");
        (await anna.PostAsync(Locations, new { name = "Mine", time_zone = "UTC" })).Expect(HttpStatusCode.Forbidden);
        (await anna.PatchAsync($"{Locations}/{location}", new { name = "Mine" })).Expect(HttpStatusCode.Forbidden);
        (await admin.PatchAsync($"{Locations}/{VisitSteps.NewId()}", new { name = "None" })).Expect(HttpStatusCode.NotFound, "location-not-found");
        foreach (var wrong in (object[])
            [
                new { name = " ", time_zone = "UTC" }, new { name = "A" }, new { name = "A", time_zone = "Mars/Olympus" },
                new { name = "A", time_zone = "UTC", closes_at = "24:00" }, new { name = "A", time_zone = "UTC", closes_at = "22:00:00" },
                new { name = new string('x', 101), time_zone = "UTC" }, new { name = "A", time_zone = "UTC", currency = "euro" },
                new { name = "A", time_zone = "UTC", tax_percent = 100.5 }, new { name = "A", time_zone = "UTC", tax_percent = 0.0001 },
                new { name = "A", time_zone = "UTC", city = " " },
            ])
        {
            (await admin.PostAsync(Locations, wrong)).Expect(HttpStatusCode.BadRequest, "invalid");
        }
    }

    [Theory, InBothShapes]
    public async Task A_list_narrows_to_a_city_and_comes_as_a_file_too(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        (await admin.PostAsync(Locations, new
        {
            name = "Flatiron", time_zone = "America/New_York", city = "New York", address = "23 West 20th Street", currency = "USD", tax_percent = 8.875, prices_include_tax = false,
            opening_hours = new[] { new { day = "friday", opens = "18:00", closes = "24:00" }, new { day = "friday", opens = "08:00", closes = "12:00" } },
        })).Expect(HttpStatusCode.Created);
        await admin.AddLocationAsync("Isola");

        Assert.Equal("Flatiron", Assert.Single((await anna.GetAsync($"{Locations}?city=new%20york")).Json.EnumerateArray()).Word("name"));
        var lines = (await anna.GetAsync($"{Locations}?format=csv")).Expect(HttpStatusCode.OK).Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("id,name,city,address,time_zone,currency,tax_percent,prices_include_tax,closes_at,opening_hours,retired_at,created_at", lines[0], StringComparison.Ordinal);
        Assert.Contains(",Flatiron,New York,23 West 20th Street,America/New_York,USD,8.875,false,22:00,friday 08:00-12:00; friday 18:00-24:00,,", lines[1], StringComparison.Ordinal);
    }

    [Theory, InBothShapes]
    public async Task A_retired_location_is_hidden_takes_nothing_new_and_leaves_its_name(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, manager) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.ManagerAsync());
        var location = await admin.AddLocationAsync("Centro");
        await admin.AppointAsync(location, manager, "manager");
        (await manager.PostAsync($"{Locations}/{location}/retire")).Expect(HttpStatusCode.Forbidden);

        var retired = (await admin.PostAsync($"{Locations}/{location}/retire")).Expect(HttpStatusCode.OK);
        platform.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(retired.Text("retired_at"), (await admin.PostAsync($"{Locations}/{location}/retire")).Expect(HttpStatusCode.OK).Text("retired_at"));
        await platform.ToldAsync("bookings", location);

        Assert.Equal(0, (await anna.GetAsync($"{Locations}?retired=true")).Json.GetArrayLength());
        Assert.Equal(0, (await manager.GetAsync(Locations)).Json.GetArrayLength());
        Assert.Equal(1, (await manager.GetAsync($"{Locations}?retired=true")).Json.GetArrayLength());
        (await anna.GetAsync($"{Locations}/{location}")).Expect(HttpStatusCode.OK);
        (await admin.PatchAsync($"{Locations}/{location}", new { city = "Milano" })).Expect(HttpStatusCode.Conflict, "location-retired");
        (await manager.PutAsync($"{Locations}/{location}/exceptions/2026-12-25", new { hours = Array.Empty<object>() })).Expect(HttpStatusCode.Conflict, "location-retired");
        (await admin.PutAsync($"{Locations}/{location}/staff/{manager.Id}", new { duty = "manager" })).Expect(HttpStatusCode.Conflict, "location-retired");
        (await admin.PostAsync($"{Locations}/{VisitSteps.NewId()}/retire")).Expect(HttpStatusCode.NotFound, "location-not-found");
        var starts = platform.Clock.GetUtcNow().AddHours(1);
        (await manager.PostAsync("/api/members/events", new { location_id = location, name = "Late", place = "Hall", starts_at = starts, ends_at = starts.AddHours(1) }))
            .Expect(HttpStatusCode.Conflict, "location-retired");
        Assert.Equal(0, (await anna.GetAsync("/api/members/occupancy")).Json.GetArrayLength());

        var next = await admin.AddLocationAsync("centro");
        Assert.Equal(0, await anna.PeopleAtAsync(next));
    }

    [Fact]
    public async Task Two_locations_that_exchange_their_names_at_once_keep_them()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var admin = await platform.AdminAsync();
        var (centro, porto) = (await admin.AddLocationAsync("Centro"), await admin.AddLocationAsync("Porto"));
        await using var halfWay = await HalfWay.StopAsync(platform, "bookings", "locations", "locations_name");

        var swap = Task.WhenAll(admin.PatchAsync($"{Locations}/{centro}", new { name = "Porto" }), admin.PatchAsync($"{Locations}/{porto}", new { name = "Centro" }));
        await halfWay.GoOnAsync(meeting: 2);

        Assert.All(await swap, answer => answer.Expect(HttpStatusCode.Conflict, "location-name-taken"));
        Assert.Equal("Centro", (await admin.GetAsync($"{Locations}/{centro}")).Text("name"));
    }
}
