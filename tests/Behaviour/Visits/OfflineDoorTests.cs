using System.Text.Json;

namespace Portico.Tests.Behaviour.Visits;

public sealed class OfflineDoorTests
{
    private static readonly Dictionary<string, string?> NoSchedules = new() { ["Schedules:Enabled"] = "false" };

    [Theory, InBothShapes]
    public async Task A_door_that_was_offline_sends_its_scans_later_and_twice(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, NoSchedules);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (location, kiosk) = await admin.DoorAsync();
        var (anna, bob) = (await platform.MemberAsync(), await platform.MemberAsync());
        List<KeptScan> kept = [await anna.KeepScanAsync(), await bob.KeepScanAsync()];
        platform.Clock.Advance(TimeSpan.FromHours(2));
        kept.Add(await anna.KeepScanAsync());
        platform.Clock.Advance(TimeSpan.FromHours(1));
        object[] scans = [.. kept.Select(scan => scan.Body), VisitSteps.Scan("not a pass")];

        var sent = (await kiosk.ScanAllAsync(scans)).Expect(HttpStatusCode.OK);
        var results = sent["results"].EnumerateArray().ToList();
        Assert.Equal(["in", "in", "out"], results.Take(3).Select(result => result.GetProperty("answer").Word("direction")));
        Assert.Equal(kept.Select(scan => scan.ScanId), results.Take(3).Select(result => result.GetProperty("scan_id").GetGuid()));
        Assert.Equal("code-invalid", results[3].GetProperty("problem").Word("code"));
        Assert.Equal(JsonValueKind.Null, results[3].GetProperty("answer").ValueKind);

        Assert.Equal(sent.Body, (await kiosk.ScanAllAsync(scans)).Expect(HttpStatusCode.OK).Body);
        Assert.Equal(1, await anna.PeopleAtAsync(location));
        var visit = Assert.Single(await anna.VisitsAsync());
        Assert.Equal(Milliseconds(kept[0].At), visit.Instant("started_at"));
        Assert.Equal(Milliseconds(kept[2].At), visit.Instant("ended_at"));
    }

    [Theory, InBothShapes]
    public async Task A_visit_thought_forgotten_gets_its_true_end_when_the_scan_arrives(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Schedules:close-forgotten-visits:Every"] = "00:00:00.2" });
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (location, kiosk) = await admin.DoorAsync();
        var anna = await platform.MemberAsync();
        await kiosk.ScanAsync(anna);
        platform.Clock.Advance(TimeSpan.FromHours(3));
        var left = await anna.KeepScanAsync();
        platform.Clock.Advance(TimeSpan.FromHours(9));
        await Eventually.TrueAsync(async () => (await anna.VisitsAsync())[0].Word("closed_by") == "closing_time", "the visit is still open");

        Assert.Equal("out", (await kiosk.ScanAsync(left.Code, left.ScanId, left.At)).Expect(HttpStatusCode.OK).Text("direction"));
        var visit = Assert.Single(await anna.VisitsAsync());
        Assert.Equal("scan", visit.Word("closed_by"));
        Assert.Equal(Milliseconds(left.At), visit.Instant("ended_at"));
        Assert.Equal(0, await anna.PeopleAtAsync(location));
    }

    [Theory, InBothShapes]
    public async Task A_late_scan_that_cannot_be_true_is_kept_for_the_staff(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, NoSchedules);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (location, kiosk) = await admin.DoorAsync();
        var (anna, manager) = (await platform.MemberAsync(), await platform.ManagerAsync());
        await kiosk.ScanAsync(anna);
        platform.Clock.Advance(TimeSpan.FromMinutes(10));
        var late = await anna.KeepScanAsync();
        platform.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("out", (await kiosk.ScanAsync(anna)).Text("direction"));
        var before = await anna.VisitsAsync();

        (await kiosk.ScanAsync(late.Code, late.ScanId, late.At)).Expect(HttpStatusCode.Conflict, "scan-conflict");
        (await kiosk.ScanAsync(late.Code, late.ScanId, late.At)).Expect(HttpStatusCode.Conflict, "scan-conflict");
        Assert.Equal(before.Select(visit => visit.GetRawText()), (await anna.VisitsAsync()).Select(visit => visit.GetRawText()));

        Assert.Empty((await manager.GetAsync("/api/members/visits/conflicts")).Expect(HttpStatusCode.OK)["items"].EnumerateArray());
        await admin.AppointAsync(location, manager, "manager");
        var conflict = Assert.Single((await manager.GetAsync("/api/members/visits/conflicts")).Expect(HttpStatusCode.OK)["items"].EnumerateArray());
        Assert.Equal(late.ScanId, conflict.GetProperty("scan_id").GetGuid());
        Assert.Equal(anna.Username, conflict.Word("member_name"));
        Assert.Equal(Milliseconds(late.At), conflict.Instant("scanned_at"));
    }

    [Theory, InBothShapes]
    public async Task A_device_with_a_wrong_clock_or_an_old_memory_is_told_so(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, NoSchedules);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (_, kiosk) = await admin.DoorAsync();
        var anna = await platform.MemberAsync();
        var now = platform.Clock.GetUtcNow();
        var code = await anna.PassAsync();

        (await kiosk.ScanAsync(code, at: now.AddMinutes(3))).Expect(HttpStatusCode.UnprocessableEntity, "scanned-at-in-future");
        (await kiosk.ScanAsync(code, at: now.AddDays(-8))).Expect(HttpStatusCode.UnprocessableEntity, "scanned-at-too-old");
        (await kiosk.ScanAsync(code, at: now.AddMinutes(-5))).Expect(HttpStatusCode.Gone, "code-expired");
        foreach (var body in (string[])
            [
                "{}", """{"code": "x"}""", """{"code": "x", "scan_id": "1"}""", """{"code": 5, "scan_id": "01a1fbef-e031-782f-abf9-64772ce378cc"}""",
                """{"code": "x", "scan_id": "01a1fbef-e031-782f-abf9-64772ce378cc", "scanned_at": "0001-01-01T00:00:00+14:00"}""",
                """{"code": "x", "scan_id": "01a1fbef-e031-782f-abf9-64772ce378cc", "scanned_at": "tomorrow"}""",
            ])
        {
            var answer = await kiosk.SendRawAsync(HttpMethod.Post, "/api/members/visits/scan", System.Text.Encoding.UTF8.GetBytes(body));
            Assert.InRange((int)answer.Status, 400, 422);
        }

        (await kiosk.ScanAllAsync()).Expect(HttpStatusCode.BadRequest, "invalid");
        (await kiosk.ScanAllAsync([.. Enumerable.Range(0, 501).Select(_ => VisitSteps.Scan("x"))])).Expect(HttpStatusCode.BadRequest, "invalid");
        (await kiosk.ScanAllAsync(new { code = "x" })).Expect(HttpStatusCode.BadRequest, "invalid");
        Assert.Empty(await anna.VisitsAsync());
    }

    private static DateTimeOffset Milliseconds(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMillisecond));
}
