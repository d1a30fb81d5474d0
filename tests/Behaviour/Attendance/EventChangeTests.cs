namespace Portico.Tests.Behaviour.Attendance;

public sealed class EventChangeTests
{
    [Theory, InBothShapes]
    public async Task An_event_is_changed_in_part_and_its_check_in_moves_with_it(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin) = (await platform.LocationAsync(), await platform.AdminAsync());
        var id = await admin.EventAsync(location, ("capacity", 5), ("check_in_opens_minutes_before", 20), ("check_in_closes_minutes_after", 7));
        var starts = platform.Now().AddDays(1);

        var moved = (await ChangeAsync(admin, id, new { starts_at = starts, ends_at = starts.AddHours(1), name = " New name " })).Expect(HttpStatusCode.OK);

        Assert.Equal("New name", moved.Text("name"));
        Assert.Equal(20, moved["check_in_opens_minutes_before"].GetInt32());
        Assert.Equal(moved["starts_at"].GetDateTimeOffset().AddMinutes(-20), moved["check_in_opens_at"].GetDateTimeOffset());
        Assert.Equal(moved["ends_at"].GetDateTimeOffset().AddMinutes(7), moved["check_in_closes_at"].GetDateTimeOffset());
        Assert.Equal(5, moved["capacity"].GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await ChangeAsync(admin, id, new { capacity = (int?)null })).Expect(HttpStatusCode.OK)["capacity"].ValueKind);
        Assert.Equal("Room 1", (await ChangeAsync(admin, id, new { })).Expect(HttpStatusCode.OK).Text("place"));
        (await ChangeAsync(admin, id, new { name = " " })).Expect(HttpStatusCode.BadRequest, "invalid");
        (await ChangeAsync(admin, id, new { capacity = 0 })).Expect(HttpStatusCode.BadRequest, "invalid");
        (await ChangeAsync(admin, id, new { ends_at = starts.AddHours(-1) })).Expect(HttpStatusCode.UnprocessableContent, "event-ends-before-start");
        (await ChangeAsync(admin, id, new { ends_at = DateTimeOffset.MaxValue })).Expect(HttpStatusCode.UnprocessableContent, "event-too-long");
        (await ChangeAsync(admin, id, new { time_zone = "../etc" })).Expect(HttpStatusCode.BadRequest, "invalid");
        (await ChangeAsync(admin, id, new { location_id = location })).Expect(HttpStatusCode.BadRequest, "malformed-json");
    }

    [Theory, InBothShapes]
    public async Task No_change_makes_a_scan_impossible_that_has_happened(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, members) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MembersAsync(2));
        var id = await admin.EventAsync(location);
        var starts = (await admin.GetAsync($"/api/members/events/{id}"))["starts_at"].GetDateTimeOffset();
        var code = await admin.CodeAsync(id);
        (await members[0].ScanAsync(code)).Expect(HttpStatusCode.OK);
        platform.Clock.MoveTo(starts.AddMinutes(20));
        Assert.Equal("late", (await members[1].ScanAsync(code)).Expect(HttpStatusCode.OK).Text("status"));

        (await ChangeAsync(admin, id, new { check_in_opens_minutes_before = 0 })).Expect(HttpStatusCode.Conflict, "change-contradicts-scans");
        (await ChangeAsync(admin, id, new { ends_at = starts.AddMinutes(1) })).Expect(HttpStatusCode.Conflict, "change-contradicts-scans");
        (await ChangeAsync(admin, id, new { late_after_minutes = 60 })).Expect(HttpStatusCode.Conflict, "change-contradicts-scans");
        (await ChangeAsync(admin, id, new { roster = "selected" })).Expect(HttpStatusCode.Conflict, "change-contradicts-scans");
        (await ChangeAsync(admin, id, new { capacity = 1 })).Expect(HttpStatusCode.Conflict, "capacity-too-small");
        (await ChangeAsync(admin, id, new { ends_at = starts.AddHours(5), capacity = 2 })).Expect(HttpStatusCode.OK);
        (await (await platform.MemberAsync()).ScanAsync(code)).Expect(HttpStatusCode.Conflict, "event-full");
    }

    [Theory, InBothShapes]
    public async Task What_is_over_is_over(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, member) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MemberAsync());
        var closed = await admin.EventAsync(location, ("roster", "selected"));
        var cancelled = await admin.EventAsync(location, ("roster", "selected"));
        (await admin.PostAsync($"/api/members/events/{closed}/close")).Expect(HttpStatusCode.OK);
        (await admin.PostAsync($"/api/members/events/{cancelled}/cancel", new { reason = "" })).Expect(HttpStatusCode.BadRequest, "invalid");
        var answer = (await admin.PostAsync($"/api/members/events/{cancelled}/cancel", new { reason = "The roof leaks" })).Expect(HttpStatusCode.OK);
        Assert.Equal(("cancelled", "The roof leaks"), (answer.Text("state"), answer.Text("cancel_reason")));

        foreach (var (id, code) in ((Guid, string)[])[(closed, "event-closed"), (cancelled, "event-cancelled")])
        {
            (await ChangeAsync(admin, id, new { name = "Again" })).Expect(HttpStatusCode.Conflict, code);
            (await admin.PostAsync($"/api/members/events/{id}/cancel", new { reason = "Twice" })).Expect(HttpStatusCode.Conflict, code);
            (await admin.PostAsync($"/api/members/events/{id}/close")).Expect(HttpStatusCode.Conflict, code);
            (await admin.PutAsync($"/api/members/events/{id}/roster", new { member_ids = new[] { member.Id } })).Expect(HttpStatusCode.Conflict, code);
            (await admin.GetAsync($"/api/members/events/{id}/qr")).Expect(HttpStatusCode.Conflict, code);
        }
    }

    [Theory, InBothShapes]
    public async Task The_roster_names_who_is_expected_and_keeps_who_has_come(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, members) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MembersAsync(3));
        var id = await admin.EventAsync(location, ("roster", "selected"), ("member_ids", new[] { members[0].Id }));
        var roster = $"/api/members/events/{id}/roster";

        (await admin.PostAsync($"{roster}/{members[1].Id}")).Expect(HttpStatusCode.NoContent);
        (await admin.PostAsync($"{roster}/{members[1].Id}")).Expect(HttpStatusCode.NoContent);
        (await admin.PostAsync($"{roster}/{Guid.CreateVersion7()}")).Expect(HttpStatusCode.UnprocessableContent, "members-unknown");
        (await admin.DeleteAsync($"{roster}/{members[2].Id}")).Expect(HttpStatusCode.NotFound, "not-on-roster");
        (await members[1].ScanAsync(await admin.CodeAsync(id))).Expect(HttpStatusCode.OK);
        (await admin.DeleteAsync($"{roster}/{members[1].Id}")).Expect(HttpStatusCode.Conflict, "attendance-recorded");
        (await admin.PutAsync(roster, new { member_ids = new[] { members[2].Id } })).Expect(HttpStatusCode.Conflict, "attendance-recorded");
        var replaced = (await admin.PutAsync(roster, new { member_ids = new[] { members[2].Id, members[1].Id, members[2].Id } })).Expect(HttpStatusCode.OK);
        Assert.Equal((1, 1, 2), (replaced["added"].GetInt32(), replaced["removed"].GetInt32(), replaced["size"].GetInt32()));
        (await admin.DeleteAsync($"{roster}/{members[2].Id}")).Expect(HttpStatusCode.NoContent);

        var shown = (await admin.GetAsync($"{roster}?limit=1")).Expect(HttpStatusCode.OK);
        Assert.Equal(members[1].Username, Assert.Single(shown["items"].EnumerateArray()).GetProperty("username").GetString());
        var open = await admin.EventAsync(location);
        (await admin.PostAsync($"/api/members/events/{open}/roster/{members[0].Id}")).Expect(HttpStatusCode.UnprocessableContent, "roster-is-open");
    }

    private static Task<Answer> ChangeAsync(Person staff, Guid id, object change) => staff.PatchAsync($"/api/members/events/{id}", change);
}
