using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class SpaceTests
{
    private const string Spaces = "/api/bookings/spaces";

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
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
}
