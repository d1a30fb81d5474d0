namespace Portico.Tests.Behaviour.Visits;

public sealed class ForgottenVisitTests
{
    [Theory, InBothShapes]
    public async Task A_forgotten_visit_ends_at_closing_time_and_is_marked(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Schedules:close-forgotten-visits:Every"] = "00:00:00.2" });
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var location = await admin.AddLocationAsync(timeZone: "America/New_York", closesAt: "19:30");
        var kiosk = await admin.KioskAtAsync(location);
        var anna = await platform.MemberAsync();
        await kiosk.ScanAsync(anna);

        platform.Clock.Advance(TimeSpan.FromHours(15));
        await Eventually.TrueAsync(async () => await anna.PeopleAtAsync(location) == 0, "she still counts as in");
        var visit = Assert.Single(await anna.VisitsAsync());
        Assert.Equal("closing_time", visit.Word("closed_by"));
        var local = TimeZoneInfo.ConvertTime(visit.Instant("ended_at"), TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        Assert.Equal(new TimeSpan(19, 30, 0), local.TimeOfDay);
        Assert.InRange(visit.Instant("ended_at") - visit.Instant("started_at"), TimeSpan.Zero, TimeSpan.FromDays(1));
    }

    [Theory, InBothShapes]
    public async Task The_next_days_scan_begins_a_new_visit_even_if_nothing_closed_the_old_one(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Schedules:Enabled"] = "false" });
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (_, kiosk) = await admin.DoorAsync();
        var anna = await platform.MemberAsync();
        await kiosk.ScanAsync(anna);

        platform.Clock.Advance(TimeSpan.FromHours(21));
        Assert.Equal("in", (await kiosk.ScanAsync(anna)).Expect(HttpStatusCode.OK).Text("direction"));
        var visits = await anna.VisitsAsync();
        Assert.Equal(2, visits.Count);
        Assert.Equal("closing_time", visits[1].Word("closed_by"));
        Assert.InRange(visits[1].Instant("ended_at") - visits[1].Instant("started_at"), TimeSpan.FromHours(8), TimeSpan.FromHours(11));
        Assert.Null(visits[0].Word("closed_by"));
    }

    [Theory, InBothShapes]
    public async Task A_new_closing_time_holds_for_those_who_are_in(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Schedules:close-forgotten-visits:Every"] = "00:00:00.2" });
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var location = await admin.AddLocationAsync(timeZone: "UTC", closesAt: "18:00");
        var kiosk = await admin.KioskAtAsync(location);
        var anna = await platform.MemberAsync();
        var came = await kiosk.ScanAsync(anna);

        await admin.ChangeLocationAsync(location, new { closes_at = "02:00" });
        platform.Clock.MoveTo(new DateTimeOffset(came["at"].GetDateTimeOffset().UtcDateTime.Date.AddHours(23), TimeSpan.Zero));
        Assert.Equal(1, await anna.PeopleAtAsync(location));
        platform.Clock.Advance(TimeSpan.FromHours(4));
        await Eventually.TrueAsync(async () => await anna.PeopleAtAsync(location) == 0, "she still counts as in");
        Assert.Equal(new TimeSpan(2, 0, 0), (await anna.VisitsAsync())[0].Instant("ended_at").TimeOfDay);
    }
}
