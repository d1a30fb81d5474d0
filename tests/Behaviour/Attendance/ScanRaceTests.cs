namespace Portico.Tests.Behaviour.Attendance;

[Trait("Category", "Proof")]
public sealed class ScanRaceTests
{
    private const int Rounds = 20;

    [Theory, InBothShapes]
    public async Task Fifty_scans_of_one_member_at_once_are_one_attendance(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, member) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MemberAsync());
        for (var round = 0; round < Rounds; round++)
        {
            var id = await admin.EventAsync(location, ("capacity", round % 2 == 0 ? null : 3));
            var code = await admin.CodeAsync(id, "screen");
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => member.ScanAsync(code)));

            var first = Assert.Single(answers, answer => answer.Succeeded)["scanned_at"].GetDateTimeOffset();
            Assert.All(answers.Where(answer => !answer.Succeeded), answer =>
                Assert.Equal(first, answer.Expect(HttpStatusCode.Conflict, "already-scanned")["first_scanned_at"].GetDateTimeOffset()));
            (await admin.AttendanceAsync(id)).ExpectCounts([1, 0, 0, 0, 0], "totals");
        }

        (await member.StatisticsAsync()).ExpectCounts([Rounds, 0, 0, 0, 0]);
    }

    [Theory, InBothShapes]
    public async Task Of_many_racing_for_few_seats_exactly_as_many_get_in(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, members) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MembersAsync(20));
        for (var round = 0; round < Rounds; round++)
        {
            var id = await admin.EventAsync(location, ("capacity", 7));
            var code = await admin.CodeAsync(id, "screen");
            // Everybody twice: a double tap takes no second seat.
            var answers = await Task.WhenAll(members.Concat(members).Select(member => member.ScanAsync(code)));

            Assert.Equal(7, answers.Count(answer => answer.Succeeded));
            Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Contains(answer.Code, (string[])["event-full", "already-scanned"]));
            (await admin.AttendanceAsync(id)).ExpectCounts([7, 0, 0, 0, 0], "totals");
        }
    }

    [Theory, InBothShapes]
    public async Task An_event_closed_in_the_middle_of_scans_has_one_answer_for_everybody(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, members) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MembersAsync(12));
        for (var round = 0; round < Rounds; round++)
        {
            var id = await admin.EventAsync(location, ("roster", "selected"), ("member_ids", members.Select(member => member.Id)));
            var code = await admin.CodeAsync(id, "screen");
            var closing = Task.Run(() => admin.PostAsync($"/api/members/events/{id}/close"));
            var scans = await Task.WhenAll(members.Select(member => member.ScanAsync(code)));

            var absent = (await closing).Expect(HttpStatusCode.OK)["absent"].GetInt32();
            var counts = (await admin.AttendanceAsync(id)).Counts("totals");
            Assert.Equal(scans.Count(scan => scan.Succeeded), counts[0]);
            Assert.Equal(absent, counts[2]);
            Assert.Equal(12, counts[0] + counts[2]);
            Assert.All(scans.Where(scan => !scan.Succeeded), scan => scan.Expect(HttpStatusCode.Conflict, "event-closed"));
        }
    }

    [Theory, InBothShapes]
    public async Task A_seat_limit_set_in_the_middle_of_scans_is_never_exceeded(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, members) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MembersAsync(12));
        for (var round = 0; round < Rounds; round++)
        {
            var id = await admin.EventAsync(location);
            var code = await admin.CodeAsync(id, "screen");
            var limiting = Task.Run(() => admin.PatchAsync($"/api/members/events/{id}", new { capacity = 5 }));
            var scans = await Task.WhenAll(members.Select(member => member.ScanAsync(code)));

            var there = scans.Count(scan => scan.Succeeded);
            Assert.Equal(there, (await admin.AttendanceAsync(id)).Counts("totals")[0]);
            if ((await limiting).Succeeded)
            {
                Assert.Equal(5, there);
            }
            else
            {
                (await limiting).Expect(HttpStatusCode.Conflict, "capacity-too-small");
            }
        }
    }
}
