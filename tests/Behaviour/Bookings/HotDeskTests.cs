using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class HotDeskTests
{
    private const string Spaces = "/api/bookings/spaces";

    [Theory, InBothShapes]
    public async Task An_area_gives_any_of_its_desks_and_no_more_than_it_has(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var (area, desks) = await admin.AddAreaAsync(await admin.AddLocationAsync(), 3);
        var (from, to) = (platform.Wednesday(9), platform.Wednesday(11));

        // One of them directly: the area has one less.
        (await anna.HoldAsync(desks[1], from, to)).Expect(HttpStatusCode.Created);
        var given = new[] { await anna.HoldAsync(area, from, to), await anna.HoldAsync(area, from.AddHours(1), to) };
        Assert.Equal(((Guid[])[desks[0], desks[2]]).Order(), given.Select(answer => answer.Expect(HttpStatusCode.Created)["desk"].GetProperty("id").GetGuid()).Order());
        (await anna.HoldAsync(area, from, to)).Expect(HttpStatusCode.Conflict, "space-taken");
        (await anna.HoldAsync(desks[2], from.AddHours(1), to)).Expect(HttpStatusCode.Conflict, "space-taken");
        (await anna.PostAsync($"/api/bookings/{given[0].Id}/cancel")).Expect(HttpStatusCode.OK);
        Assert.Equal(given[0]["desk"].GetProperty("id").GetGuid(), (await anna.HoldAsync(area, from, to)).Expect(HttpStatusCode.Created)["desk"].GetProperty("id").GetGuid());

        // A desk that is out of service is given to nobody; a new one to the next.
        (await admin.PatchAsync($"{Spaces}/{desks[1]}", new { status = "out_of_service" })).Expect(HttpStatusCode.OK);
        (await anna.HoldAsync(area, platform.Wednesday(13), platform.Wednesday(14))).Expect(HttpStatusCode.Created);
        (await anna.HoldAsync(area, platform.Wednesday(13), platform.Wednesday(14))).Expect(HttpStatusCode.Created);
        (await anna.HoldAsync(area, platform.Wednesday(13), platform.Wednesday(14))).Expect(HttpStatusCode.Conflict, "space-taken");
        var more = (await admin.PostAsync($"{Spaces}/{area}/desks", new { count = 2 })).Expect(HttpStatusCode.Created);
        Assert.Equal(["Desk 4", "Desk 5"], more.Json.EnumerateArray().Select(desk => desk.Word("name")!));
        Assert.Equal("Desk 4", (await anna.HoldAsync(area, platform.Wednesday(13), platform.Wednesday(14))).Expect(HttpStatusCode.Created)["desk"].Word("name"));
    }

    [Theory, InBothShapes]
    public async Task Ten_who_want_one_of_three_desks_leave_three_holds(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, members) = (await platform.AdminAsync(), await platform.MembersAsync(10));
        var (area, desks) = await admin.AddAreaAsync(await admin.AddLocationAsync(), 3);
        for (var round = 0; round < 5; round++)
        {
            var (from, to) = (platform.Wednesday(8 + round), platform.Wednesday(9 + round));
            var answers = await Task.WhenAll(members.Select((member, index) => member.HoldAsync(index == 0 ? desks[round % 3] : area, from, to)));
            var given = answers.Where(answer => answer.Status is HttpStatusCode.Created)
                .Select(answer => answer["desk"].ValueKind is System.Text.Json.JsonValueKind.Null ? answer["space"] : answer["desk"]).Select(desk => desk.GetProperty("id").GetGuid()).ToList();
            Assert.Equal(desks.Order(), given.Order());
            Assert.All(answers.Where(answer => !answer.Succeeded), answer => answer.Expect(HttpStatusCode.Conflict, "space-taken"));
        }
    }

    [Theory, InBothShapes]
    public async Task A_desk_moves_between_areas_while_nobody_has_booked_it(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var (here, there) = (await admin.AddLocationAsync(), await admin.AddLocationAsync());
        var (south, _) = await admin.AddAreaAsync(here, 1);
        var north = await admin.AddSpaceAsync(here, "hot_desk_area", new { floor = "3", capacity = 1, prices = new { hourly = 4 }, min_minutes = 60 });
        var desk = (await admin.PostAsync(Spaces, new { location_id = here, kind = "desk", name = "Window", area_id = north })).Expect(HttpStatusCode.Created);
        Assert.Equal(("3", 60, 4m), (desk.Text("floor"), desk["min_minutes"].GetInt32(), desk["prices"].GetProperty("hourly").GetDecimal()));
        var (elsewhere, room) = (await admin.AddSpaceAsync(there, "hot_desk_area"), await admin.AddSpaceAsync(here));

        var booking = (await anna.HoldAsync(north, platform.Wednesday(9), platform.Wednesday(11))).Expect(HttpStatusCode.Created);
        (await admin.PatchAsync($"{Spaces}/{desk.Id}", new { area_id = south })).Expect(HttpStatusCode.Conflict, "space-has-bookings");
        (await admin.PostAsync($"{Spaces}/{north}/retire")).Expect(HttpStatusCode.Conflict, "space-has-bookings");
        (await admin.PatchAsync($"{Spaces}/{desk.Id}", new { area_id = north, name = "Window seat" })).Expect(HttpStatusCode.OK);
        (await anna.PostAsync($"/api/bookings/{booking.Id}/cancel")).Expect(HttpStatusCode.OK);
        Assert.Equal(south, (await admin.PatchAsync($"{Spaces}/{desk.Id}", new { area_id = south })).Expect(HttpStatusCode.OK)["area"].GetProperty("id").GetGuid());
        (await anna.HoldAsync(north, platform.Wednesday(9), platform.Wednesday(11))).Expect(HttpStatusCode.Conflict, "space-taken");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await admin.PatchAsync($"{Spaces}/{desk.Id}", new { area_id = (Guid?)null })).Expect(HttpStatusCode.OK)["area"].ValueKind);

        foreach (var area in (Guid[])[elsewhere, room, desk.Id, VisitSteps.NewId()])
        {
            (await admin.PatchAsync($"{Spaces}/{desk.Id}", new { area_id = area })).Expect(HttpStatusCode.UnprocessableEntity, "area-unfit");
            (await admin.PostAsync(Spaces, new { location_id = here, kind = "desk", name = "Lost", area_id = area })).Expect(HttpStatusCode.UnprocessableEntity, "area-unfit");
        }

        (await admin.PatchAsync($"{Spaces}/{room}", new { area_id = south })).Expect(HttpStatusCode.UnprocessableEntity, "area-unfit");
        (await admin.PutAsync($"{Spaces}/{desk.Id}/parts", new { part_ids = new[] { room } })).Expect(HttpStatusCode.OK);
        (await admin.PatchAsync($"{Spaces}/{desk.Id}", new { area_id = south })).Expect(HttpStatusCode.UnprocessableEntity, "area-unfit");

        // An area goes with its desks.
        (await admin.PostAsync($"{Spaces}/{south}/retire")).Expect(HttpStatusCode.OK);
        Assert.Equal(0, (await anna.GetAsync($"{Spaces}?area_id={south}"))["items"].GetArrayLength());
    }
}
