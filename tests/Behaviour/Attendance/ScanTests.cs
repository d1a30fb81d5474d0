using Portico.Tests.Behaviour.Activities;

namespace Portico.Tests.Behaviour.Attendance;

public sealed class ScanTests
{
    [Theory, InBothShapes]
    public async Task A_scan_says_present_and_a_second_one_when_the_first_was(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, member) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MemberAsync());
        var id = await admin.EventAsync(location);
        var code = await admin.CodeAsync(id, "screen");

        var scan = (await member.ScanAsync(code)).Expect(HttpStatusCode.OK);
        Assert.Equal((id, "Founders' table", "present"), (scan["event_id"].GetGuid(), scan.Text("event_name"), scan.Text("status")));
        Assert.InRange(platform.Now() - scan["scanned_at"].GetDateTimeOffset(), TimeSpan.Zero, TimeSpan.FromSeconds(10));

        var again = (await member.ScanAsync(code)).Expect(HttpStatusCode.Conflict, "already-scanned");
        Assert.Equal(scan["scanned_at"].GetDateTimeOffset(), again["first_scanned_at"].GetDateTimeOffset());
        Assert.Equal((409, "present"), (again["status"].GetInt32(), again.Text("attendance")));

        // Others' may be written down with it, and the trail knows whose doing each was and from where.
        await platform.AllToldAsync("members");
        var record = Assert.Single(await admin.AuditAsync("type=attendance.recorded"));
        Assert.Equal((member.Id, "127.0.0.1"), (record.GetProperty("actor").GetGuid(), record.GetProperty("origin").GetString()));
    }

    // Where seats are counted a scan takes another way through the database.
    [Theory, InlineData(Shape.OneProcess, null), InlineData(Shape.ProcessPerModule, null), InlineData(Shape.OneProcess, 100)]
    public async Task The_clock_decides_between_too_early_present_late_and_too_late(Shape shape, int? seats)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, members) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MembersAsync(8));
        var starts = platform.Now().AddHours(3);
        var ends = starts.AddHours(1);
        var id = await admin.EventAsync(
            location, ("starts_at", starts), ("ends_at", ends), ("capacity", seats), ("check_in_opens_minutes_before", 20), ("late_after_minutes", 10), ("check_in_closes_minutes_after", 5));
        var code = await admin.CodeAsync(id);
        (DateTimeOffset At, string Outcome)[] steps =
        [
            (starts.AddMinutes(-20).AddSeconds(-5), "check-in-not-open"), (starts.AddMinutes(-20), "present"), (starts.AddMinutes(10).AddSeconds(-5), "present"),
            (starts.AddMinutes(10).AddMilliseconds(1), "late"), (ends.AddSeconds(5), "late"), (ends.AddMinutes(5).AddSeconds(-5), "late"),
            (ends.AddMinutes(5), "check-in-closed"),
        ];
        foreach (var (nth, (at, outcome)) in steps.Index())
        {
            platform.Clock.MoveTo(at);
            var answer = await members[nth].ScanAsync(code);
            Assert.Equal(outcome, answer.Code ?? answer.Text("status"));
            switch (answer.Code)
            {
                case "check-in-not-open":
                    Assert.Equal(starts.AddMinutes(-20), answer["opens_at"].GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
                    break;
                case "check-in-closed":
                    Assert.Equal(ends.AddMinutes(5), answer["closed_at"].GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
                    break;
            }
        }

        await platform.RunAsync("close-ended-events");
        (await members[7].ScanAsync(code)).Expect(HttpStatusCode.Conflict, "check-in-closed");
        (await members[1].ScanAsync(code)).Expect(HttpStatusCode.Conflict, "already-scanned");
    }

    [Theory, InBothShapes]
    public async Task Every_refusal_says_which_one_it_is_and_leaves_nothing_behind(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, members) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MembersAsync(2));
        var member = members[0];
        var selected = await admin.EventAsync(location, ("roster", "selected"));
        (await member.ScanAsync(await admin.CodeAsync(selected))).Expect(HttpStatusCode.Forbidden, "not-on-roster");

        var full = await admin.EventAsync(location, ("capacity", 1));
        (await members[1].ScanAsync(await admin.CodeAsync(full))).Expect(HttpStatusCode.OK);
        (await member.ScanAsync(await admin.CodeAsync(full))).Expect(HttpStatusCode.Conflict, "event-full");

        var (cancelled, closed) = (await admin.EventAsync(location), await admin.EventAsync(location));
        var (cancelledCode, closedCode) = (await admin.CodeAsync(cancelled), await admin.CodeAsync(closed));
        (await admin.PostAsync($"/api/members/events/{cancelled}/cancel", new { reason = "Rain" })).Expect(HttpStatusCode.OK);
        (await admin.PostAsync($"/api/members/events/{closed}/close")).Expect(HttpStatusCode.OK);
        (await member.ScanAsync(cancelledCode)).Expect(HttpStatusCode.Conflict, "event-cancelled");
        (await member.ScanAsync(closedCode)).Expect(HttpStatusCode.Conflict, "event-closed");

        var good = await admin.CodeAsync(await admin.EventAsync(location));
        (await member.ScanAsync(good[..^1] + (good[^1] == 'A' ? 'B' : 'A'))).Expect(HttpStatusCode.UnprocessableContent, "code-invalid");
        (await member.ScanAsync("PT1-" + new string('é', 66))).Expect(HttpStatusCode.UnprocessableContent, "code-invalid");
        (await member.ScanAsync("hello")).Expect(HttpStatusCode.UnprocessableContent, "code-invalid");
        (await member.ScanAsync("")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await member.ScanAsync(new string('A', 201))).Expect(HttpStatusCode.BadRequest, "invalid");
        (await (await platform.KioskAsync()).ScanAsync(good)).Expect(HttpStatusCode.Forbidden, "forbidden");
        (await member.StatisticsAsync()).ExpectCounts([0, 0, 0, 0, 0]);
    }

    [Theory, InBothShapes]
    public async Task A_scan_sent_again_with_its_key_gets_its_first_answer(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, member) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MemberAsync());
        var code = await admin.CodeAsync(await admin.EventAsync(location));

        var first = (await member.PostAsync("/api/members/qr/scan", new { code }, "scan-1")).Expect(HttpStatusCode.OK);
        var second = (await member.PostAsync("/api/members/qr/scan", new { code }, "scan-1")).Expect(HttpStatusCode.OK);
        Assert.Equal(first.Body, second.Body);
        (await member.PostAsync("/api/members/qr/scan", new { code }, "scan-2")).Expect(HttpStatusCode.Conflict, "already-scanned");
    }
}
