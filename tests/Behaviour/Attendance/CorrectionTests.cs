namespace Portico.Tests.Behaviour.Attendance;

public sealed class CorrectionTests
{
    [Theory, InBothShapes]
    public async Task Every_correction_keeps_who_when_and_from_what(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, member) = (await platform.LocationAsync(), await platform.MemberAsync());
        var manager = await platform.ManagerOfAsync(location);
        var id = await manager.EventAsync(location);
        (await member.ScanAsync(await manager.CodeAsync(id))).Expect(HttpStatusCode.OK);

        (await manager.SetAsync(id, member, "absent", note: "Scanned for by a friend")).Expect(HttpStatusCode.OK);
        (await manager.SetAsync(id, member, "absent", note: "Scanned for by a friend")).Expect(HttpStatusCode.OK);
        var excused = (await manager.SetAsync(id, member, "excused", "family")).Expect(HttpStatusCode.OK);
        Assert.Equal(("excused", "staff", manager.Id), (excused.Text("status"), excused.Text("source"), excused["recorded_by"].GetGuid()));

        var changes = (await manager.GetAsync($"/api/members/events/{id}/attendance/{member.Id}/changes")).Expect(HttpStatusCode.OK).Json.EnumerateArray().ToArray();
        Assert.Equal(
            [(null, "present", "scan", member.Username), ("present", "absent", "staff", manager.Username), ("absent", "excused", "staff", manager.Username)],
            changes.Select(one => (one.GetProperty("from").GetString(), one.GetProperty("to").GetString()!, one.GetProperty("source").GetString()!, one.GetProperty("changed_by_username").GetString()!)));
        Assert.Equal("family", changes[2].GetProperty("reason_kind").GetString());
        Assert.Equal("Scanned for by a friend", changes[1].GetProperty("note").GetString());
        // What staff corrected after a scan is not undone by scanning again.
        (await member.ScanAsync(await manager.CodeAsync(id))).Expect(HttpStatusCode.Conflict, "already-scanned");
        (await member.StatisticsAsync()).ExpectCounts([0, 0, 0, 1, 0]);

        foreach (var spoil in (string[])["update attendance_changes set note = null", "delete from attendance_changes", "truncate attendance_changes"])
        {
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => platform.ExecuteAsync("members", spoil));
        }
    }

    [Theory, InBothShapes]
    public async Task Who_was_excused_and_comes_after_all_is_there_and_the_trace_says_so(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, member) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MemberAsync());
        var starts = platform.Now().AddHours(5);
        var id = await admin.EventAsync(
            location, ("starts_at", starts), ("ends_at", starts.AddHours(1)), ("roster", "selected"), ("member_ids", new[] { member.Id }), ("capacity", 1));

        (await admin.SetAsync(id, member, "present")).Expect(HttpStatusCode.Conflict, "check-in-not-open");
        (await admin.SetAsync(id, member, "excused", "illness", "Called in the morning")).Expect(HttpStatusCode.OK);
        platform.Clock.MoveTo(starts.AddMinutes(20));
        Assert.Equal("late", (await member.ScanAsync(await admin.CodeAsync(id))).Expect(HttpStatusCode.OK).Text("status"));

        var changes = (await admin.GetAsync($"/api/members/events/{id}/attendance/{member.Id}/changes")).Expect(HttpStatusCode.OK).Json.EnumerateArray();
        Assert.Equal([(null, "excused"), ("excused", "late")], changes.Select(one => (one.GetProperty("from").GetString(), one.GetProperty("to").GetString())));
        var history = (await member.GetAsync("/api/members/attendance/history")).Expect(HttpStatusCode.OK)["items"][0];
        Assert.Equal(("late", null), (history.GetProperty("status").GetString(), history.GetProperty("reason_kind").GetString()));
    }

    [Theory, InBothShapes]
    public async Task Seats_set_by_hand_count_like_others_and_are_given_back(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, members) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MembersAsync(3));
        var id = await admin.EventAsync(location, ("capacity", 2));
        var code = await admin.CodeAsync(id);

        (await admin.SetAsync(id, members[0], "present")).Expect(HttpStatusCode.OK);
        (await members[0].ScanAsync(code)).Expect(HttpStatusCode.Conflict, "already-scanned");
        (await members[1].ScanAsync(code)).Expect(HttpStatusCode.OK);
        (await admin.SetAsync(id, members[2], "late")).Expect(HttpStatusCode.Conflict, "event-full");
        (await admin.AttendanceAsync(id)).ExpectCounts([2, 0, 0, 0, 0], "totals");
        (await admin.SetAsync(id, members[0], "late")).Expect(HttpStatusCode.OK);
        (await members[2].ScanAsync(code)).Expect(HttpStatusCode.Conflict, "event-full");
        (await admin.SetAsync(id, members[0], "absent")).Expect(HttpStatusCode.OK);
        (await members[2].ScanAsync(code)).Expect(HttpStatusCode.OK);
    }

    [Theory, InBothShapes]
    public async Task What_cannot_be_set_is_refused(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, member) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MemberAsync());
        var (open, selected) = (await admin.EventAsync(location), await admin.EventAsync(location, ("roster", "selected")));
        var nobody = new Person(platform, platform.Gateway) { Id = Guid.CreateVersion7() };

        (await admin.SetAsync(open, member, "excused")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.SetAsync(open, member, "present", "illness")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.SetAsync(open, member, "pending")).Expect(HttpStatusCode.BadRequest, "malformed-json");
        (await admin.SetAsync(open, member, "absent", note: new string('x', 501))).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.SetAsync(open, nobody, "present")).Expect(HttpStatusCode.NotFound, "member-not-found");
        (await admin.SetAsync(selected, member, "present")).Expect(HttpStatusCode.NotFound, "member-not-on-roster");
        (await admin.GetAsync($"/api/members/events/{open}/attendance/{member.Id}/changes")).Expect(HttpStatusCode.NotFound, "attendance-not-found");
        (await admin.PostAsync($"/api/members/events/{open}/cancel", new { reason = "Snow" })).Expect(HttpStatusCode.OK);
        (await admin.SetAsync(open, member, "present")).Expect(HttpStatusCode.Conflict, "event-cancelled");
    }
}
