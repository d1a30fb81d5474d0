namespace Portico.Tests.Behaviour.Visits;

public sealed class StaffAtTheDoorTests
{
    [Theory, InBothShapes]
    public async Task Staff_see_who_is_in_and_end_and_begin_visits_by_hand(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (location, kiosk) = await admin.DoorAsync();
        var (anna, bob, manager) = (await platform.MemberAsync(), await platform.MemberAsync(), await platform.ManagerAsync());
        await admin.AppointAsync(location, manager, "manager");
        var visit = (await kiosk.ScanAsync(anna))["visit_id"].GetGuid();

        (await manager.PostAsync($"/api/members/locations/{location}/visits", new { member_id = bob.Id, reason = " " })).Expect(HttpStatusCode.BadRequest, "invalid");
        var byHand = (await manager.PostAsync($"/api/members/locations/{location}/visits", new { member_id = bob.Id, reason = "Forgot the phone" }))
            .Expect(HttpStatusCode.Created);
        Assert.Equal("staff", byHand.Text("opened_by"));
        (await manager.PostAsync($"/api/members/locations/{location}/visits", new { member_id = bob.Id, reason = "Again" }))
            .Expect(HttpStatusCode.Conflict, "already-checked-in");
        (await manager.PostAsync($"/api/members/locations/{location}/visits", new { member_id = kiosk.Id, reason = "A door" }))
            .Expect(HttpStatusCode.NotFound, "member-not-found");

        var inside = (await manager.GetAsync($"/api/members/locations/{location}/visits?open=true")).Expect(HttpStatusCode.OK);
        Assert.Equal([bob.Username, anna.Username], inside["items"].EnumerateArray().Select(row => row.Word("member_name")));

        var ended = (await manager.PostAsync($"/api/members/visits/{visit}/end", new { reason = "Left by the back door" })).Expect(HttpStatusCode.OK);
        Assert.Equal("staff", ended.Text("closed_by"));
        Assert.Equal("Left by the back door", ended.Text("closing_reason"));
        (await manager.PostAsync($"/api/members/visits/{visit}/end", new { reason = "Again" })).Expect(HttpStatusCode.Conflict, "visit-ended");
        Assert.Equal(1, await anna.PeopleAtAsync(location));
        Assert.Equal("in", (await kiosk.ScanAsync(anna)).Text("direction"));
    }

    [Theory, InBothShapes]
    public async Task Managers_see_and_change_only_what_is_theirs_and_members_only_their_own(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (here, kioskHere) = await admin.DoorAsync();
        var (there, kioskThere) = await admin.DoorAsync();
        var (anna, bob, manager) = (await platform.MemberAsync(), await platform.MemberAsync(), await platform.ManagerAsync());
        await admin.AppointAsync(here, manager, "manager");
        var mine = (await kioskHere.ScanAsync(anna))["visit_id"].GetGuid();
        var notMine = (await kioskThere.ScanAsync(anna))["visit_id"].GetGuid();

        (await manager.GetAsync($"/api/members/locations/{there}/visits")).Expect(HttpStatusCode.NotFound, "location-not-found");
        (await manager.PostAsync($"/api/members/locations/{there}/visits", new { member_id = bob.Id, reason = "x" })).Expect(HttpStatusCode.NotFound, "location-not-found");
        (await manager.PostAsync($"/api/members/visits/{notMine}/end", new { reason = "x" })).Expect(HttpStatusCode.NotFound, "visit-not-found");
        var seen = (await manager.GetAsync($"/api/members/visits/members/{anna.Id}")).Expect(HttpStatusCode.OK)["items"].EnumerateArray();
        Assert.Equal(mine, Assert.Single(seen).GetProperty("id").GetGuid());
        Assert.Equal(2, (await admin.GetAsync($"/api/members/visits/members/{anna.Id}")).Expect(HttpStatusCode.OK)["items"].GetArrayLength());
        (await admin.GetAsync($"/api/members/visits/members/{VisitSteps.NewId()}")).Expect(HttpStatusCode.NotFound, "member-not-found");

        Assert.Empty(await bob.VisitsAsync());
        foreach (var path in (string[])[$"locations/{here}/visits", $"visits/members/{anna.Id}", "visits/conflicts"])
        {
            (await bob.GetAsync($"/api/members/{path}")).Expect(HttpStatusCode.Forbidden);
            (await kioskHere.GetAsync($"/api/members/{path}")).Expect(HttpStatusCode.Forbidden);
        }

        (await bob.PostAsync($"/api/members/visits/{mine}/end", new { reason = "x" })).Expect(HttpStatusCode.Forbidden);
    }

    [Theory, InBothShapes]
    public async Task Visits_come_in_pages_that_leave_nothing_out(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (_, kiosk) = await admin.DoorAsync();
        var anna = await platform.MemberAsync();
        for (var n = 0; n < 10; n++)
        {
            (await kiosk.ScanAsync(anna)).Expect(HttpStatusCode.OK);
        }

        List<Guid> seen = [];
        var next = "";
        do
        {
            var page = (await anna.GetAsync($"/api/members/visits?limit=2{next}")).Expect(HttpStatusCode.OK);
            seen.AddRange(page["items"].EnumerateArray().Select(row => row.GetProperty("id").GetGuid()));
            next = page["next"].GetString() is { } after ? $"&after={after}" : null;
        }
        while (next is not null);

        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(5, seen.Count);
        (await anna.GetAsync("/api/members/visits?after=nonsense")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await anna.GetAsync("/api/members/visits?limit=201")).Expect(HttpStatusCode.BadRequest, "invalid");
    }
}
