using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Members;

/// <summary>What Members does when Bookings speaks of locations.</summary>
public sealed class LocationNewsTests
{
    [Theory, InBothShapes]
    public async Task A_location_added_in_bookings_has_doors_and_its_changes_reach_them(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Schedules:close-forgotten-visits:Every"] = "00:00:00.2" });
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (location, kiosk) = await admin.DoorAsync();
        var anna = await platform.MemberAsync();
        var visit = await kiosk.ScanAsync(anna);
        Assert.Equal(("in", 1L), (visit.Expect(HttpStatusCode.OK).Text("direction"), await anna.PeopleAtAsync(location)));

        await admin.ChangeLocationAsync(location, new { name = "Porta Nuova", time_zone = "America/New_York", closes_at = "09:00" });
        Assert.Equal("Porta Nuova", (await anna.GetAsync($"/api/members/occupancy/{location}")).Text("name"));
        platform.Clock.Advance(TimeSpan.FromHours(6));
        await Eventually.TrueAsync(async () => await anna.PeopleAtAsync(location) == 0, "she still counts as in");
        var ended = TimeZoneInfo.ConvertTime((await anna.VisitsAsync())[0].Instant("ended_at"), TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        Assert.Equal(new TimeSpan(9, 0, 0), ended.TimeOfDay);
    }

    [Theory, InBothShapes]
    public async Task A_dismissed_manager_runs_nothing_there_and_a_device_taken_elsewhere_scans_for_its_new_place(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (here, kiosk) = await admin.DoorAsync();
        var there = await admin.AddLocationAsync();
        var (anna, manager) = (await platform.MemberAsync(), await platform.ManagerAsync());
        await admin.AppointAsync(here, manager, "manager");
        (await manager.GetAsync($"/api/members/locations/{here}/visits")).Expect(HttpStatusCode.OK);

        await admin.DismissAsync(here, manager);
        (await manager.GetAsync($"/api/members/locations/{here}/visits")).Expect(HttpStatusCode.NotFound, "location-not-found");
        await admin.DismissAsync(here, kiosk);
        (await kiosk.ScanAsync(anna)).Expect(HttpStatusCode.Forbidden, "kiosk-without-location");
        await admin.AppointAsync(there, kiosk, "kiosk");
        (await kiosk.ScanAsync(anna)).Expect(HttpStatusCode.OK);
        Assert.Equal((0, 1), (await anna.PeopleAtAsync(here), await anna.PeopleAtAsync(there)));
    }

    [Theory, InBothShapes]
    public async Task What_two_locations_say_of_one_device_may_come_in_either_order(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (here, kiosk) = await admin.DoorAsync();
        var there = await admin.AddLocationAsync();
        var anna = await platform.MemberAsync();
        platform.Clock.Advance(TimeSpan.FromMinutes(1));

        // The old place's word is held up: it waits to be tried again.
        await platform.ExecuteAsync("members", "create function hold() returns trigger language plpgsql as 'begin raise exception ''not now''; end'");
        await platform.ExecuteAsync("members", "create trigger hold before delete on location_staff execute function hold()");
        (await admin.DeleteAsync($"/api/bookings/locations/{here}/staff/{kiosk.Id}")).Expect(HttpStatusCode.NoContent);
        await admin.AppointAsync(there, kiosk, "kiosk");
        (await kiosk.ScanAsync(anna)).Expect(HttpStatusCode.OK);
        Assert.Equal((0, 1), (await anna.PeopleAtAsync(here), await anna.PeopleAtAsync(there)));

        await platform.ExecuteAsync("members", "drop trigger hold on location_staff");
        await platform.ExecuteAsync("bookings", "update outbox set next_attempt_at = null");
        await platform.ToldAsync("bookings", here);
        Assert.Equal([there], await platform.QueryAsync<Guid>("members", "select location_id from location_staff where account_id = @Id", new { kiosk.Id }));
    }
    [Theory, InBothShapes]
    public async Task What_no_message_told_of_a_location_and_its_staff_is_mended_at_night(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Schedules:announce-locations:Every"] = "00:00:00.5" });
        var admin = await platform.AdminAsync();
        var (here, kiosk) = await admin.DoorAsync();
        var (there, manager) = (await admin.AddLocationAsync(), await platform.ManagerAsync());
        await admin.AppointAsync(here, manager, "manager");
        var known = await KnownAsync(platform);

        // What lost messages, or an old backup, would leave: one too many, one too few, a wrong duty, a place unknown, another with an old name.
        await platform.ExecuteAsync(
            "members",
            """
            update location_staff set duty = 'manager' where account_id = @kiosk;
            delete from location_staff where account_id = @manager;
            insert into location_staff (location_id, account_id, duty, since) values (@there, @manager, 'manager', now());
            update locations set name = 'Old name', closes_at = '05:00' where id = @here;
            delete from locations where id = @there
            """, new { here, there, kiosk = kiosk.Id, manager = manager.Id });
        Assert.NotEqual(known, await KnownAsync(platform));

        await Eventually.TrueAsync(async () => (await KnownAsync(platform)).SequenceEqual(known), "what Members knows was not mended");
    }

    private static Task<IReadOnlyList<string>> KnownAsync(RunningPlatform platform) => platform.QueryAsync<string>(
        "members",
        """
        select concat_ws(' ', id, name, time_zone, closes_at, retired) from locations
        union all select concat_ws(' ', location_id, account_id, duty, since) from location_staff
        order by 1
        """);
}
