using System.Diagnostics;

namespace Portico.Tests.Behaviour.Bookings;

[Trait("Category", "Proof")]
public sealed class LiveFloorTests(ITestOutputHelper output)
{
    [Theory, InBothShapes]
    public async Task A_hold_is_seen_by_others_in_a_moment(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (anna, bob) = (await platform.MemberAsync(), await platform.MemberAsync());
        var room = await platform.AddSpaceAsync(await platform.AddPlaceAsync());
        await using var floor = await LiveStream.OpenAsync(bob);
        await floor.NextAsync("hello");
        List<TimeSpan> delays = [];
        for (var round = 0; round < 15; round++)
        {
            var (from, to) = (platform.Wednesday(8 + (round * 0.5)), platform.Wednesday(8.5 + (round * 0.5)));
            await anna.HoldingAsync(room, from, to);
            var answered = Stopwatch.GetTimestamp();
            var seen = await floor.NextAsync("floor");
            Assert.Equal((room, "held"), (seen.Space, seen.State));
            Assert.Equal(from, seen.Data.GetProperty("starts_at").GetDateTimeOffset());
            delays.Add(Stopwatch.GetElapsedTime(answered, seen.ArrivedAt));
        }

        delays.Sort();
        var median = delays[delays.Count / 2];
        output.WriteLine($"{shape}: seen {median.TotalMilliseconds:0.0} ms after the answer, at most {delays[^1].TotalMilliseconds:0.0}");
        Assert.True(median < TimeSpan.FromMilliseconds(100), $"{median}");
        Assert.True(delays[^2] < TimeSpan.FromSeconds(1), $"{delays[^2]}");
    }

    [Theory, InBothShapes]
    public async Task Every_step_of_a_booking_is_told_in_order_with_what_became_of_the_time(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (anna, bob) = (await platform.MemberAsync(), await platform.MemberAsync());
        var place = await platform.AddPlaceAsync();
        var area = await platform.AddSpaceAsync(place, "hot_desk_area");
        var desk = await platform.AddSpaceAsync(place, "desk", area: area);
        await using var floor = await LiveStream.OpenAsync(bob);
        var hello = await floor.NextAsync("hello");
        Assert.Equal($"{hello.Seq}", hello.Id);

        var booking = await anna.HoldingAsync(area, platform.Wednesday(10), platform.Wednesday(11));
        (await anna.PostAsync($"/api/bookings/{booking}/extend")).Expect(HttpStatusCode.OK);
        (await anna.PostAsync($"/api/bookings/{booking}/confirm", new { })).Expect(HttpStatusCode.OK);
        await anna.GiveUpAsync(booking);

        var (held, extended, booked, free) = (await floor.NextAsync("floor"), await floor.NextAsync("floor"), await floor.NextAsync("floor"), await floor.NextAsync("floor"));
        LiveEvent[] all = [held, extended, booked, free];
        Assert.Equal(["held", "held", "booked", "free"], all.Select(change => change.State));
        Assert.All(all, change => Assert.Equal((area, $"{desk}"), (change.Space, change.Text("desk_id"))));
        Assert.Equal(Enumerable.Range(1, 4).Select(nth => hello.Seq + nth), all.Select(change => change.Seq));
        Assert.Equal(all.Select(change => $"{change.Seq}"), all.Select(change => change.Id!));
        Assert.True(extended.Data.GetProperty("held_until").GetDateTimeOffset() > held.Data.GetProperty("held_until").GetDateTimeOffset());
        Assert.Null(booked.Text("held_until"));
    }

    [Theory, InBothShapes]
    public async Task A_booking_that_moves_tells_what_it_gives_back(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var anna = await platform.MemberAsync();
        var place = await platform.AddPlaceAsync();
        var (from, to) = (await platform.AddSpaceAsync(place), await platform.AddSpaceAsync(place));
        await using var floor = await LiveStream.OpenAsync(anna);
        await floor.NextAsync("hello");
        var booking = await anna.HoldingAsync(from, platform.Wednesday(10), platform.Wednesday(11));
        (await anna.PatchAsync($"/api/bookings/{booking}", new { space_id = to, ends_at = platform.Wednesday(12) })).Expect(HttpStatusCode.OK);
        await anna.GiveUpAsync(booking);

        Assert.False((await floor.NextAsync("floor")).Data.TryGetProperty("was", out _));
        var moved = await floor.NextAsync("floor");
        Assert.Equal((to, "held"), (moved.Space, moved.State));
        var was = moved.Data.GetProperty("was");
        Assert.Equal((from, platform.Wednesday(11)), (was.GetProperty("space_id").GetGuid(), was.GetProperty("ends_at").GetDateTimeOffset()));
        Assert.False((await floor.NextAsync("floor")).Data.TryGetProperty("was", out _));
    }

    [Theory, InBothShapes]
    public async Task Whose_booking_it_is_is_told_to_its_owner_and_to_staff_of_the_place_alone(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (here, there) = (await platform.AddPlaceAsync(), await platform.AddPlaceAsync());
        var room = await platform.AddSpaceAsync(here);
        var (anna, bob, admin) = (await platform.MemberAsync(), await platform.MemberAsync(), await platform.AdminAsync());
        var (manager, other, kiosk) = (await platform.ManagerAsync(), await platform.ManagerAsync(), await platform.KioskAsync());
        await platform.AppointAsync(here, manager, "manager");
        await platform.AppointAsync(there, other, "manager");
        await platform.AppointAsync(here, kiosk, "kiosk");
        List<LiveStream> floors = [];
        foreach (var person in (Person[])[anna, manager, admin, bob, other, kiosk])
        {
            floors.Add(await LiveStream.OpenAsync(person));
            await floors[^1].NextAsync("hello");
        }

        var booking = await anna.HoldingAsync(room, platform.Wednesday(10), platform.Wednesday(11));

        for (var nth = 0; nth < floors.Count; nth++)
        {
            var told = await floors[nth].NextAsync("floor");
            var (id, status) = nth < 3 ? ($"{booking}", "held") : (null, (string?)null);
            Assert.Equal((id, status), (told.Text("booking_id"), told.Text("booking_status")));
            Assert.DoesNotContain($"{anna.Id}", told.Data.GetRawText(), StringComparison.Ordinal);
            await floors[nth].DisposeAsync();
        }
    }

    [Theory, InBothShapes]
    public async Task One_hears_of_the_locations_one_asked_for_and_a_device_of_its_own(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        Guid[] places = [await platform.AddPlaceAsync(), await platform.AddPlaceAsync(), await platform.AddPlaceAsync()];
        List<Guid> rooms = [];
        foreach (var place in places)
        {
            rooms.Add(await platform.AddSpaceAsync(place));
        }

        var (anna, kiosk, lost) = (await platform.MemberAsync(), await platform.KioskAsync(), await platform.KioskAsync());
        await platform.AppointAsync(places[2], kiosk, "kiosk");
        await using var all = await LiveStream.OpenAsync(anna);
        await using var first = await LiveStream.OpenAsync(anna, $"?location_id={places[0]}");
        await using var two = await LiveStream.OpenAsync(anna, $"?location_id={places[0]},{places[1]}");
        await using var repeated = await LiveStream.OpenAsync(anna, $"?location_id={places[0]}&location_id={places[1]}");
        await using var device = await LiveStream.OpenAsync(kiosk);
        LiveStream[] floors = [all, first, two, repeated, device];
        foreach (var floor in floors)
        {
            await floor.NextAsync("hello");
        }

        foreach (var room in rooms.Append(rooms[0]).Append(rooms[2]).Select((room, nth) => (room, nth)))
        {
            await anna.HoldingAsync(room.room, platform.Wednesday(10 + room.nth), platform.Wednesday(11 + room.nth));
        }

        await HeardAsync(all, rooms[0], rooms[1], rooms[2], rooms[0], rooms[2]);
        await HeardAsync(first, rooms[0], rooms[0]);
        await HeardAsync(two, rooms[0], rooms[1], rooms[0]);
        await HeardAsync(repeated, rooms[0], rooms[1], rooms[0]);
        await HeardAsync(device, rooms[2], rooms[2]);
        Assert.All(floors, floor => Assert.Empty(floor.Rest()));

        (await lost.GetAsync("/api/bookings/live")).Expect(HttpStatusCode.Forbidden, "kiosk-without-location");
        (await kiosk.GetAsync($"/api/bookings/live?location_id={places[0]}")).Expect(HttpStatusCode.NotFound, "location-not-found");
        (await anna.GetAsync($"/api/bookings/live?location_id={Guid.CreateVersion7()}")).Expect(HttpStatusCode.NotFound, "location-not-found");
        (await anna.GetAsync("/api/bookings/live?location_id=here")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await anna.GetAsync("/api/bookings/live?after=yesterday")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await platform.Somebody().GetAsync("/api/bookings/live")).Expect(HttpStatusCode.Unauthorized, "not-signed-in");

        static async Task HeardAsync(LiveStream floor, params Guid[] rooms)
        {
            foreach (var room in rooms)
            {
                Assert.Equal(room, (await floor.NextAsync("floor")).Space);
            }
        }
    }

    [Theory, InBothShapes]
    public async Task It_is_kept_alive_and_no_proxy_may_keep_it(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Modules:Bookings:Live:Heartbeat"] = "00:00:00.5", ["Gateway:ForwardTimeout"] = "00:00:01" });
        await using var floor = await LiveStream.OpenAsync(await platform.MemberAsync());
        await floor.NextAsync("hello");
        Assert.Equal("no-cache", floor.Headers.CacheControl!.ToString());
        Assert.Equal("no", floor.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.Equal(1, await platform.FigureAsync("portico_bookings_live_listeners{"));
        // Longer than the gateway waits for what says nothing.
        await Eventually.TrueAsync(() => Task.FromResult(floor.Comments >= 4), "no heartbeat comes");
    }
}
