namespace Portico.Tests.Behaviour.Visits;

[Trait("Category", "Proof")]
public sealed class DoorRaceTests
{
    private const int Rounds = 20;
    private const int Racers = 50;

    [Theory, InBothShapes]
    public async Task Fifty_sendings_of_one_scan_make_one_visit_and_are_all_answered_the_same(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (_, kiosk) = await admin.DoorAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var anna = await platform.MemberAsync();
            var (code, scanId) = (await anna.PassAsync(), VisitSteps.NewId());
            var answers = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => kiosk.ScanAsync(code, scanId)));
            Assert.All(answers, answer => answer.Expect(HttpStatusCode.OK));
            Assert.Single(answers.Select(answer => answer.Body).Distinct());
            Assert.Single(await anna.VisitsAsync());
        }
    }

    [Theory, InBothShapes]
    public async Task Fifty_readings_of_one_code_make_one_visit(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (location, kiosk) = await admin.DoorAsync();
        var second = await admin.KioskAtAsync(location);
        for (var round = 0; round < Rounds; round++)
        {
            var anna = await platform.MemberAsync();
            var code = await anna.PassAsync();
            var answers = await Task.WhenAll(Enumerable.Range(0, Racers).Select(n => (n % 2 == 0 ? kiosk : second).ScanAsync(code)));
            Assert.All(answers, answer => Assert.Equal("in", answer.Expect(HttpStatusCode.OK).Text("direction")));
            Assert.Single(answers, answer => !answer["repeated"].GetBoolean());
            Assert.Single(await anna.VisitsAsync());
        }
    }

    [Theory, InBothShapes]
    public async Task Fifty_scans_of_one_member_at_two_locations_leave_visits_that_follow_each_other(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Schedules:Enabled"] = "false" });
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        Person[] kiosks = [(await admin.DoorAsync()).Kiosk, (await admin.DoorAsync()).Kiosk];
        var anna = await platform.MemberAsync();
        for (var round = 0; round < Rounds; round++)
        {
            // Fifty codes of twenty-five minutes, sent all at once by devices that were offline, in whatever order they arrive.
            List<KeptScan> kept = [];
            for (var n = 0; n < Racers; n++)
            {
                kept.Add(await anna.KeepScanAsync());
            }

            var answers = await Task.WhenAll(kept.Select((scan, n) => kiosks[n % 7 % 2].ScanAsync(scan.Code, scan.ScanId, scan.At)));
            Assert.All(answers, answer => Assert.True(answer.Succeeded || answer.Code == "scan-conflict", answer.ToString()));

            var visits = (await anna.VisitsAsync()).Reverse().ToList();
            Assert.NotEmpty(visits);
            Assert.All(visits.Zip(visits.Skip(1)), pair => Assert.True(pair.First.Instant("ended_at") <= pair.Second.Instant("started_at")));
            // In order, everybody was told "in" where a visit begins, and "out" where one was left.
            var told = kept.Zip(answers).Where(scan => scan.Second.Succeeded).ToLookup(scan => scan.Second["at"].GetDateTimeOffset(), scan => scan.Second.Text("direction"));
            Assert.All(visits, visit => Assert.Equal(["in"], told[visit.Instant("started_at")]));
            Assert.All(visits.Where(visit => visit.Word("closed_by") == "scan"), visit => Assert.Equal(["out"], told[visit.Instant("ended_at")]));
            Assert.Equal(
                answers.Count(answer => answer.Succeeded),
                visits.Count + visits.Count(visit => visit.Word("closed_by") == "scan"));
            await platform.ExecuteAsync("members", "delete from door_scans; delete from visits");
            platform.Clock.Advance(TimeSpan.FromMinutes(5));
        }
    }
}
