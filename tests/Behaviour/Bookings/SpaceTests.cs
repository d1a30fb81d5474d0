using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class SpaceTests
{
    private const string Spaces = "/api/bookings/spaces";

    [Theory, InBothShapes]
    public async Task Staff_keep_the_spaces_and_everybody_sees_all_about_them(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, manager) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.ManagerAsync());
        var (here, there) = (await admin.AddLocationAsync("Isola"), await admin.AddLocationAsync());
        await admin.AppointAsync(here, manager, "manager");

        var added = (await manager.PostAsync(Spaces, new
        {
            location_id = here, kind = "room", name = " Quiet room ", capacity = 6, floor = "1", plan = new { x = 0.25, y = 0.5 }, description = "By the garden",
            buffer_after_minutes = 15, min_minutes = 60, max_minutes = 480, step_minutes = 15, lead_minutes = 30, horizon_days = 90, release_after_minutes = 15,
            prices = new { hourly = 12.5, daily = 80, adjustments = new[] { new { name = "Evening", percent = 25, from = "18:00" } } },
            cancellation = new { steps = new[] { new { hours_before = 24, percent_kept = 50 } } },
        })).Expect(HttpStatusCode.Created);
        Assert.EndsWith($"{added.Id}", added.Headers.Location!.ToString(), StringComparison.Ordinal);
        var room = (await anna.GetAsync($"{Spaces}/{added.Id}")).Expect(HttpStatusCode.OK);
        Assert.Equal(added.Body, room.Body);
        Assert.Equal(("Quiet room", "Isola", "room", "1", "active", "EUR"), (room.Text("name"), room["location"].Word("name"), room.Text("kind"), room.Text("floor"), room.Text("status"), room.Text("currency")));
        Assert.Equal((15, 60, 480, 15, 30, 90, 15), (Number("buffer_after_minutes"), Number("min_minutes"), Number("max_minutes"), Number("step_minutes"), Number("lead_minutes"), Number("horizon_days"), Number("release_after_minutes")));
        Assert.Equal((12.5m, 80m, "Evening"), (room["prices"].GetProperty("hourly").GetDecimal(), room["prices"].GetProperty("daily").GetDecimal(), room["prices"].GetProperty("adjustments")[0].Word("name")));
        Assert.Equal((50, 0.25m), (room["cancellation"].GetProperty("steps")[0].GetProperty("percent_kept").GetInt32(), room["plan"].GetProperty("x").GetDecimal()));
        int Number(string name) => room[name].GetInt32();

        // What is left out stays, null empties.
        var changed = (await manager.PatchAsync($"{Spaces}/{added.Id}", new { floor = (string?)null, plan = (object?)null, release_after_minutes = (int?)null, capacity = 8, status = "out_of_service", needs_approval = true }))
            .Expect(HttpStatusCode.OK);
        Assert.Equal(("Quiet room", "By the garden", 8, "out_of_service", true), (changed.Text("name"), changed.Text("description"), changed["capacity"].GetInt32(), changed.Text("status"), changed["needs_approval"].GetBoolean()));
        Assert.All(["floor", "plan", "release_after_minutes"], name => Assert.Equal(System.Text.Json.JsonValueKind.Null, changed[name].ValueKind));
        Assert.Equal(12.5m, changed["prices"].GetProperty("hourly").GetDecimal());

        (await anna.PostAsync(Spaces, new { location_id = here, kind = "desk", name = "Mine" })).Expect(HttpStatusCode.Forbidden);
        (await anna.PatchAsync($"{Spaces}/{added.Id}", new { name = "Mine" })).Expect(HttpStatusCode.Forbidden);
        (await manager.PostAsync(Spaces, new { location_id = there, kind = "desk", name = "Mine" })).Expect(HttpStatusCode.NotFound, "location-not-found");
        var other = await admin.AddSpaceAsync(there);
        foreach (var attempt in new[]
            {
                await manager.PatchAsync($"{Spaces}/{other}", new { name = "Mine" }), await manager.PostAsync($"{Spaces}/{other}/retire"), await manager.PostAsync($"{Spaces}/{other}/desks", new { count = 1 }),
                await manager.PutAsync($"{Spaces}/{other}/parts", new { part_ids = Array.Empty<Guid>() }), await manager.GetAsync($"{Spaces}/{other}/qr"), await manager.PostAsync($"{Spaces}/{other}/qr/rotate"),
                await anna.GetAsync($"{Spaces}/{VisitSteps.NewId()}"), await admin.PatchAsync($"{Spaces}/{VisitSteps.NewId()}", new { name = "None" }),
            })
        {
            attempt.Expect(HttpStatusCode.NotFound, "space-not-found");
        }

        (await manager.PostAsync(Spaces, new { location_id = here, kind = "desk", name = "QUIET ROOM" })).Expect(HttpStatusCode.Conflict, "space-name-taken");
        await admin.AddSpaceAsync(there, name: "Quiet room");
    }

    [Theory, InBothShapes]
    public async Task A_list_narrows_and_comes_in_pages(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var (here, there) = (await admin.AddLocationAsync(), await admin.AddLocationAsync());
        var blue = await admin.AddSpaceAsync(here, "room", new { floor = "1", capacity = 4 }, name: "Blue");
        var red = await admin.AddSpaceAsync(here, "room", new { floor = "2", capacity = 12 }, name: "red");
        var (area, _) = await admin.AddAreaAsync(here, 3);
        var other = await admin.AddSpaceAsync(there, "event_hall", name: "Amber");
        var (screen, board) = (await admin.AddAmenityAsync(here, "Screen"), await admin.AddAmenityAsync(here, "Whiteboard"));
        (await admin.PutAsync($"{Spaces}/{blue}/amenities", new { amenity_ids = new[] { screen } })).Expect(HttpStatusCode.OK);
        (await admin.PutAsync($"{Spaces}/{red}/amenities", new { amenity_ids = new[] { screen, board } })).Expect(HttpStatusCode.OK);

        Assert.Equal(["Amber", "Blue"], (await NamesAsync(anna, "")).Take(2));
        Assert.Equal(["Blue", "red"], await NamesAsync(anna, $"location_id={here}&kind=room"));
        Assert.Equal(["red"], await NamesAsync(anna, "floor=2"));
        Assert.Equal(["Amber", "red"], await NamesAsync(anna, "min_capacity=5"));
        Assert.Equal(["Blue", "red"], await NamesAsync(anna, $"amenity_id={screen}"));
        Assert.Equal(["red"], await NamesAsync(anna, $"amenity_id={screen}&amenity_id={board}"));
        Assert.Equal(["Desk 1", "Desk 2", "Desk 3"], await NamesAsync(anna, $"area_id={area}"));
        Assert.Equal((3, "hot_desk_area"), ((await anna.GetAsync($"{Spaces}/{area}"))["desks"].GetInt32(), (await anna.GetAsync($"{Spaces}/{area}")).Text("kind")));

        List<string> paged = [];
        for (string? next = ""; next is not null;)
        {
            var page = (await anna.GetAsync($"{Spaces}?limit=2&after={next}")).Expect(HttpStatusCode.OK);
            paged.AddRange(page["items"].EnumerateArray().Select(item => item.Word("name")!));
            next = page["next"].GetString();
        }

        Assert.Equal(await NamesAsync(anna, ""), paged);

        (await admin.PostAsync($"{Spaces}/{other}/retire")).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain("Amber", await NamesAsync(anna, "retired=true"));
        Assert.DoesNotContain("Amber", await NamesAsync(admin, ""));
        Assert.Contains("Amber", await NamesAsync(admin, "retired=true"));
        Assert.Equal("retired", (await anna.GetAsync($"{Spaces}/{other}")).Text("status"));
        foreach (var wrong in (string[])["kind=castle", "min_capacity=0", "after=x", "limit=0", "amenity_id=x", "format=pdf"])
        {
            (await anna.GetAsync($"{Spaces}?{wrong}")).Expect(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_by_its_field()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var admin = await platform.AdminAsync();
        var here = await admin.AddLocationAsync();
        var room = await admin.AddSpaceAsync(here);
        foreach (var (field, wrong) in ((string, object)[])
            [
                ("name", new { name = " " }), ("name", new { name = new string('x', 101) }), ("capacity", new { capacity = 0 }), ("floor", new { floor = " " }), ("plan.x", new { plan = new { x = 1.1, y = 0 } }),
                ("min_minutes", new { min_minutes = 0 }), ("max_minutes", new { min_minutes = 60, max_minutes = 30 }), ("step_minutes", new { min_minutes = 40, max_minutes = 50, step_minutes = 30 }),
                ("horizon_days", new { horizon_days = 731 }), ("buffer_before_minutes", new { buffer_before_minutes = 1441 }), ("release_after_minutes", new { release_after_minutes = 4 }), ("status", new { status = "retired" }),
                ("prices.hourly", new { prices = new { hourly = -1 } }), ("prices.hourly", new { prices = new { hourly = 0.00001m } }), ("prices.adjustments[0].to", new { prices = new { adjustments = new[] { new { name = "Night", percent = 5, from = "20:00", to = "08:00" } } } }),
                ("cancellation.steps[0].percent_kept", new { cancellation = new { steps = new[] { new { hours_before = 24, percent_kept = 101 } } } }),
                ("cancellation.steps", new { cancellation = new { steps = new[] { new { hours_before = 24, percent_kept = 50 }, new { hours_before = 48, percent_kept = 60 } } } }),
            ])
        {
            var refused = (await admin.PatchAsync($"{Spaces}/{room}", wrong)).Expect(HttpStatusCode.BadRequest, "invalid");
            Assert.Equal(field, refused["errors"].EnumerateObject().First().Name);
        }

        (await admin.PostAsync(Spaces, new { location_id = here, kind = "room", name = "Empty" })).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.PostAsync(Spaces, new { location_id = here, kind = "castle", name = "Castle" })).Expect(HttpStatusCode.BadRequest, "malformed-json");
        (await admin.PatchAsync($"{Spaces}/{room}", new { kind = "desk" })).Expect(HttpStatusCode.BadRequest, "malformed-json");
        (await admin.PostAsync($"{Spaces}/{room}/desks", new { count = 1 })).Expect(HttpStatusCode.UnprocessableEntity, "not-a-hot-desk-area");
        (await admin.PutAsync($"{Spaces}/{room}/amenities", new { amenity_ids = new[] { VisitSteps.NewId() } })).Expect(HttpStatusCode.UnprocessableEntity, "amenities-unknown");
    }

    [Theory, InBothShapes]
    public async Task What_is_booked_is_not_retired_and_what_is_retired_is_not_booked(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var here = await admin.AddLocationAsync();
        var room = await admin.AddSpaceAsync(here, name: "Blue");
        var booking = await anna.BookAsync(room, platform.Wednesday(9), platform.Wednesday(10));

        var refused = (await admin.PostAsync($"{Spaces}/{room}/retire")).Expect(HttpStatusCode.Conflict, "space-has-bookings");
        var told = Assert.Single(refused["bookings"].EnumerateArray());
        Assert.Equal((booking, anna.Id, "Blue", "confirmed"), (told.GetProperty("id").GetGuid(), told.GetProperty("member_id").GetGuid(), told.GetProperty("space").Word("name"), told.Word("status")));
        Assert.Equal((await anna.GetAsync($"/api/bookings/{booking}")).Text("reference"), told.Word("reference"));
        (await admin.PostAsync($"/api/bookings/locations/{here}/retire")).Expect(HttpStatusCode.Conflict, "location-has-bookings");

        // Out of service: what is booked stands, nothing new is booked.
        (await admin.PatchAsync($"{Spaces}/{room}", new { status = "out_of_service" })).Expect(HttpStatusCode.OK);
        Assert.False((await anna.HoldAsync(room, platform.Wednesday(11), platform.Wednesday(12))).Succeeded);
        (await admin.PatchAsync($"{Spaces}/{room}", new { status = "active" })).Expect(HttpStatusCode.OK);
        var held = (await anna.HoldAsync(room, platform.Wednesday(11), platform.Wednesday(12))).Expect(HttpStatusCode.Created);
        (await anna.PostAsync($"/api/bookings/{booking}/cancel")).Expect(HttpStatusCode.OK);

        // A hold that nobody confirmed is in nobody's way.
        (await admin.PostAsync($"{Spaces}/{room}/retire")).Expect(HttpStatusCode.Conflict, "space-has-bookings");
        platform.Clock.Advance(TimeSpan.FromMinutes(20));
        (await admin.PostAsync($"{Spaces}/{room}/retire")).Expect(HttpStatusCode.OK);
        Assert.Equal("expired", (await anna.GetAsync($"/api/bookings/{held.Id}")).Text("status"));
        Assert.False((await anna.HoldAsync(room, platform.Wednesday(13), platform.Wednesday(14))).Succeeded);
        (await admin.PatchAsync($"{Spaces}/{room}", new { name = "Again" })).Expect(HttpStatusCode.Conflict, "space-retired");
        (await admin.PutAsync($"{Spaces}/{room}/parts", new { part_ids = Array.Empty<Guid>() })).Expect(HttpStatusCode.Conflict, "space-retired");
        var next = await admin.AddSpaceAsync(here, name: "Blue");

        var other = await admin.AddSpaceAsync(here);
        (await admin.PostAsync($"/api/bookings/locations/{here}/retire")).Expect(HttpStatusCode.OK);
        Assert.Equal("retired", (await admin.GetAsync($"{Spaces}/{next}")).Text("status"));
        Assert.False((await anna.HoldAsync(other, platform.Wednesday(13), platform.Wednesday(14))).Succeeded);
        (await admin.PostAsync(Spaces, new { location_id = here, kind = "desk", name = "Late" })).Expect(HttpStatusCode.Conflict, "location-retired");
    }

    [Fact]
    public async Task A_space_that_goes_while_it_is_booked_goes_or_is_booked()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var (admin, members) = (await platform.AdminAsync(), await platform.MembersAsync(8));
        var here = await admin.AddLocationAsync();
        for (var round = 0; round < 20; round++)
        {
            var room = await admin.AddSpaceAsync(here);
            var retired = admin.PostAsync($"{Spaces}/{room}/retire");
            var holds = await Task.WhenAll(members.Select((member, index) => member.HoldAsync(room, platform.Wednesday(8 + index), platform.Wednesday(8.5 + index))));
            var gone = await retired;
            Assert.All(holds, hold => Assert.True((int)hold.Status is 201 or 409 or 422, $"{hold}"));
            Assert.True(gone.Succeeded ? holds.All(hold => !hold.Succeeded) : gone.Code == "space-has-bookings", $"{gone} with {holds.Count(hold => hold.Succeeded)} bookings");
        }
    }

    [Theory, InBothShapes]
    public async Task The_code_at_a_space_is_staffs_to_print_and_to_replace(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var room = await admin.AddSpaceAsync(await admin.AddLocationAsync());
        var (from, to) = (platform.Wednesday(9), platform.Wednesday(10));
        await anna.BookAsync(room, from, to);
        await platform.MoveToAsync(from, admin, anna);

        var shown = (await admin.GetAsync($"{Spaces}/{room}/qr?format=text")).Expect(HttpStatusCode.OK);
        Assert.Matches("^PS1-[A-Za-z0-9_-]{22}$", shown.Text("code"));
        Assert.Equal("no-store", shown.Headers.CacheControl!.ToString());
        Assert.Equal("image/svg+xml", (await admin.GetAsync($"{Spaces}/{room}/qr")).Expect(HttpStatusCode.OK).ContentHeaders.ContentType!.MediaType);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await admin.GetAsync($"{Spaces}/{room}/qr?format=png")).Expect(HttpStatusCode.OK).Bytes[..4]);
        (await anna.GetAsync($"{Spaces}/{room}/qr?format=text")).Expect(HttpStatusCode.Forbidden);
        (await anna.PostAsync($"{Spaces}/{room}/qr/rotate")).Expect(HttpStatusCode.Forbidden);

        (await admin.PostAsync($"{Spaces}/{room}/qr/rotate")).Expect(HttpStatusCode.NoContent);
        var code = (await admin.GetAsync($"{Spaces}/{room}/qr?format=text")).Text("code");
        (await anna.PostAsync("/api/bookings/check-in", new { code = shown.Text("code") })).Expect(HttpStatusCode.UnprocessableEntity, "code-invalid");
        (await anna.PostAsync("/api/bookings/check-in", new { code })).Expect(HttpStatusCode.OK);
        foreach (var path in (string[])[$"{Spaces}/{room}", Spaces, $"{Spaces}?format=csv"])
        {
            Assert.DoesNotContain(code, (await admin.GetAsync(path)).Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_spaces_that_exchange_their_names_at_once_keep_them()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var admin = await platform.AdminAsync();
        var here = await admin.AddLocationAsync();
        var (blue, red) = (await admin.AddSpaceAsync(here, name: "Blue"), await admin.AddSpaceAsync(here, name: "Red"));
        await using var halfWay = await HalfWay.StopAsync(platform, "bookings", "spaces", "spaces_name");

        var swap = Task.WhenAll(admin.PatchAsync($"{Spaces}/{blue}", new { name = "Red" }), admin.PatchAsync($"{Spaces}/{red}", new { name = "Blue" }));
        await halfWay.GoOnAsync(meeting: 2);

        Assert.All(await swap, answer => answer.Expect(HttpStatusCode.Conflict, "space-name-taken"));
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(Person person, string query) =>
        [.. (await person.GetAsync($"{Spaces}?{query}")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Select(item => item.Word("name")!)];
}
