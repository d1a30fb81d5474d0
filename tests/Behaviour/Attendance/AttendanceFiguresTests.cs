namespace Portico.Tests.Behaviour.Attendance;

public sealed class AttendanceFiguresTests
{
    [Theory, InBothShapes]
    public async Task History_today_and_statistics_tell_one_story(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, member) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MemberAsync());
        // Noon in Rome, so that the day does not end under the test.
        platform.Clock.MoveTo(new DateTimeOffset(platform.Now().UtcDateTime.Date.AddDays(1).AddHours(10), TimeSpan.Zero));
        await Task.WhenAll(admin.LoginAsync(admin.Username), member.LoginAsync(member.Username));
        (string, object?)[] named = [("roster", "selected"), ("member_ids", new[] { member.Id })];
        var (scanned, excused, missed, cancelled) = (
            await admin.EventAsync(location, named), await admin.EventAsync(location, named),
            await admin.EventAsync(location, named), await admin.EventAsync(location, named));
        var tomorrow = platform.Now().AddDays(1);
        await admin.EventAsync(location, [.. named, ("starts_at", tomorrow), ("ends_at", tomorrow.AddHours(1))]);
        await admin.EventAsync(location);

        (await member.StatisticsAsync()).ExpectCounts([0, 0, 0, 0, 5]);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await member.StatisticsAsync())["rate"].ValueKind);
        (await member.ScanAsync(await admin.CodeAsync(scanned))).Expect(HttpStatusCode.OK);
        (await admin.SetAsync(excused, member, "excused", "illness")).Expect(HttpStatusCode.OK);
        (await admin.PostAsync($"/api/members/events/{missed}/close")).Expect(HttpStatusCode.OK);
        (await admin.PostAsync($"/api/members/events/{cancelled}/cancel", new { reason = "Nobody came" })).Expect(HttpStatusCode.OK);

        var statistics = await member.StatisticsAsync();
        statistics.ExpectCounts([1, 0, 1, 1, 1]);
        Assert.Equal(0.5m, statistics["rate"].GetDecimal());
        var today = (await member.GetAsync("/api/members/attendance/today")).Expect(HttpStatusCode.OK)["items"];
        Assert.Equal([(scanned, "present"), (excused, "excused"), (missed, "absent")], Statuses(today).OrderBy(one => one.Item1));
        var history = (await member.GetAsync("/api/members/attendance/history")).Expect(HttpStatusCode.OK)["items"];
        Assert.Equal(Statuses(today).Order(), Statuses(history).Order());
        var first = await member.GetAsync("/api/members/attendance/history?limit=2");
        var rest = await member.GetAsync($"/api/members/attendance/history?limit=2&after={first.Text("next")}");
        Assert.Equal(Statuses(history), Statuses(first["items"]).Concat(Statuses(rest["items"])));

        // Tomorrow there is nothing of these left in "today" but the one that is then.
        platform.Clock.Advance(TimeSpan.FromDays(1));
        await member.LoginAsync(member.Username);
        Assert.Equal("pending", Assert.Single(Statuses((await member.GetAsync("/api/members/attendance/today")).Expect(HttpStatusCode.OK)["items"])).Item2);
    }

    [Theory, InBothShapes]
    public async Task Today_is_what_the_calendar_says_where_the_event_is(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, member) = (await platform.AdminAsync(), await platform.MemberAsync());
        // 23:30 in Kiritimati (UTC+14) is 09:30 UTC: an hour later it is tomorrow there, and still today in Rome.
        platform.Clock.MoveTo(new DateTimeOffset(platform.Now().UtcDateTime.Date.AddDays(1).AddHours(9).AddMinutes(30), TimeSpan.Zero));
        await Task.WhenAll(admin.LoginAsync(admin.Username), member.LoginAsync(member.Username));
        var starts = platform.Now().AddHours(1);
        foreach (var zone in (string[])["Pacific/Kiritimati", "Europe/Rome"])
        {
            await admin.EventAsync(
                await platform.LocationAsync(zone), ("starts_at", starts), ("ends_at", starts.AddHours(2)), ("roster", "selected"), ("member_ids", new[] { member.Id }));
        }

        var today = (await member.GetAsync("/api/members/attendance/today")).Expect(HttpStatusCode.OK)["items"];
        Assert.Equal("Europe/Rome", Assert.Single(today.EnumerateArray()).GetProperty("time_zone").GetString());
        platform.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, (await member.GetAsync("/api/members/attendance/today")).Expect(HttpStatusCode.OK)["items"].GetArrayLength());
    }

    [Theory, InBothShapes]
    public async Task Staff_sees_figures_of_the_own_locations_and_no_others(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (here, there, member) = (await platform.LocationAsync(), await platform.LocationAsync(), await platform.MemberAsync());
        var (manager, stranger, admin) = (await platform.ManagerOfAsync(here), await platform.ManagerOfAsync(there), await platform.AdminAsync());
        var (mine, theirs) = (await manager.EventAsync(here), await stranger.EventAsync(there));
        (await member.ScanAsync(await manager.CodeAsync(mine))).Expect(HttpStatusCode.OK);
        (await member.ScanAsync(await stranger.CodeAsync(theirs))).Expect(HttpStatusCode.OK);

        (await manager.StatisticsAsync($"?member_id={member.Id}")).ExpectCounts([1, 0, 0, 0, 0]);
        (await manager.StatisticsAsync($"?location_id={here}")).ExpectCounts([1, 0, 0, 0, 0]);
        (await manager.StatisticsAsync($"?event_id={mine}&member_id={member.Id}")).ExpectCounts([1, 0, 0, 0, 0]);
        (await admin.StatisticsAsync($"?member_id={member.Id}")).ExpectCounts([2, 0, 0, 0, 0]);
        (await member.StatisticsAsync($"?member_id={member.Id}")).ExpectCounts([2, 0, 0, 0, 0]);
        (await manager.GetAsync($"/api/members/attendance/statistics?event_id={theirs}")).Expect(HttpStatusCode.NotFound, "event-not-found");
        (await manager.GetAsync($"/api/members/attendance/statistics?location_id={there}")).Expect(HttpStatusCode.NotFound, "location-not-found");
        (await member.GetAsync($"/api/members/attendance/statistics?event_id={mine}")).Expect(HttpStatusCode.Forbidden, "forbidden");
        (await member.GetAsync($"/api/members/attendance/statistics?member_id={admin.Id}")).Expect(HttpStatusCode.Forbidden, "forbidden");

        var seen = (await manager.GetAsync($"/api/members/attendance/members/{member.Id}")).Expect(HttpStatusCode.OK)["items"];
        Assert.Equal([(mine, "present")], Statuses(seen));
        (await member.GetAsync($"/api/members/attendance/members/{member.Id}")).Expect(HttpStatusCode.Forbidden);
        var csv = (await admin.GetAsync($"/api/members/attendance/members/{member.Id}?format=csv")).Expect(HttpStatusCode.OK);
        Assert.Equal(3, csv.Body.TrimEnd().Split("\r\n").Length);
    }

    [Theory, InBothShapes]
    public async Task An_events_list_names_everybody_filters_pages_and_comes_as_CSV(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, members) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MembersAsync(5));
        var id = await admin.EventAsync(location, ("roster", "selected"), ("member_ids", members.Select(member => member.Id)));
        await platform.ExecuteAsync("members", "update profiles set name = '=cmd()' where id = @Id", new { members[0].Id });
        (await members[0].ScanAsync(await admin.CodeAsync(id))).Expect(HttpStatusCode.OK);
        (await admin.SetAsync(id, members[1], "absent", note: "Left, \"early\"")).Expect(HttpStatusCode.OK);

        List<string> seen = [];
        string? after = null;
        do
        {
            var page = await admin.AttendanceAsync(id, $"?limit=2&after={after}");
            page.ExpectCounts([1, 0, 1, 0, 3], "totals");
            seen.AddRange(page["items"].EnumerateArray().Select(item => item.GetProperty("username").GetString()!));
            after = page["next"].GetString();
        }
        while (after is not null);

        Assert.Equal(members.Select(member => member.Username).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        Assert.Equal(3, (await admin.AttendanceAsync(id, "?status=pending"))["items"].GetArrayLength());
        var csv = await admin.AttendanceAsync(id, "?format=csv");
        Assert.Equal("text/csv", csv.ContentHeaders.ContentType!.MediaType);
        var lines = csv.Body.TrimEnd().Split("\r\n");
        Assert.Equal("member_id,username,name,surname,status,source,scanned_at,recorded_at,reason_kind,note", lines[0]);
        Assert.Equal(6, lines.Length);
        Assert.DoesNotContain(",=cmd()", csv.Body, StringComparison.Ordinal);
        Assert.Contains("\"Left, \"\"early\"\"\"", csv.Body, StringComparison.Ordinal);
        (await admin.GetAsync($"/api/members/events/{id}/attendance?status=gone")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.GetAsync($"/api/members/events/{id}/attendance?format=pdf")).Expect(HttpStatusCode.BadRequest, "invalid");
    }

    private static List<(Guid, string)> Statuses(System.Text.Json.JsonElement items) =>
        [.. items.EnumerateArray().Select(item => (item.GetProperty("event_id").GetGuid(), item.GetProperty("status").GetString()!))];
}
