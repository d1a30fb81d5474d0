namespace Portico.Tests.Behaviour.Attendance;

public sealed class EventPlanningTests
{
    private const string Events = "/api/members/events";

    [Theory, InBothShapes]
    public async Task A_manager_plans_an_event_where_he_works_and_it_has_sensible_defaults(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var location = await platform.LocationAsync("America/New_York");
        var manager = await platform.ManagerOfAsync(location);

        var planned = (await manager.PostAsync(Events, platform.Plan(location))).Expect(HttpStatusCode.Created);

        var starts = planned["starts_at"].GetDateTimeOffset();
        Assert.Equal("America/New_York", planned.Text("time_zone"));
        Assert.Equal(starts.AddMinutes(-30), planned["check_in_opens_at"].GetDateTimeOffset());
        Assert.Equal(planned["ends_at"].GetDateTimeOffset(), planned["check_in_closes_at"].GetDateTimeOffset());
        Assert.Equal(15, planned["late_after_minutes"].GetInt32());
        Assert.Equal("open", planned.Text("roster"));
        Assert.Equal("scheduled", planned.Text("state"));
        Assert.Equal(planned.Body, (await manager.GetAsync($"{Events}/{planned.Id}")).Expect(HttpStatusCode.OK).Body);
    }

    [Theory, InBothShapes]
    public async Task An_event_starts_when_its_offset_says_and_without_one_there_is_no_telling(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin) = (await platform.LocationAsync(), await platform.AdminAsync());
        var starts = new DateTimeOffset(platform.Now().Date.AddDays(2).AddHours(10), TimeSpan.Zero);
        string At(string form) => $"{starts:yyyy-MM-dd}{form}";

        foreach (var form in (string[])["T10:00:00Z", "T11:00:00+01:00", "T05:30:00.000-04:30"])
        {
            var planned = (await admin.PostAsync(Events, platform.Plan(location, ("starts_at", At(form)), ("ends_at", At("T12:00:00Z"))))).Expect(HttpStatusCode.Created);
            Assert.Equal(starts, planned["starts_at"].GetDateTimeOffset());
            Assert.Equal(starts, (await admin.GetAsync($"{Events}/{planned.Id}"))["starts_at"].GetDateTimeOffset());
        }

        foreach (var form in (string[])["", "T10:00:00", "T10:00:00.5", "T10:00Z", " 10:00:00Z", "T10:00:00+0100"])
        {
            var refused = (await admin.PostAsync(Events, platform.Plan(location, ("starts_at", At(form))))).Expect(HttpStatusCode.BadRequest, "malformed-json");
            Assert.Equal("$.starts_at", refused.Text("path"));
        }

        Assert.Equal([3L], await platform.QueryAsync<long>("members", "select count(*) from events"));
    }

    [Theory, InBothShapes]
    public async Task Nobody_touches_an_event_of_a_location_he_does_not_run(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var location = await platform.LocationAsync();
        var id = await (await platform.ManagerOfAsync(location)).EventAsync(location, ("roster", "selected"));
        var stranger = await platform.ManagerOfAsync(await platform.LocationAsync());
        var (member, kiosk) = (await platform.MemberAsync(), await platform.KioskAsync());

        (await stranger.PostAsync(Events, platform.Plan(location))).Expect(HttpStatusCode.NotFound, "location-not-found");
        foreach (var (method, path, body) in StaffDoors(id, member.Id))
        {
            (await stranger.SendAsync(method, path, Json(body))).Expect(HttpStatusCode.NotFound, "event-not-found");
            (await member.SendAsync(method, path, Json(body))).Expect(HttpStatusCode.Forbidden, "forbidden");
            (await kiosk.SendAsync(method, path, Json(body))).Expect(HttpStatusCode.Forbidden, "forbidden");
            (await platform.Somebody().SendAsync(method, path, Json(body))).Expect(HttpStatusCode.Unauthorized);
        }

        (await member.PostAsync(Events, platform.Plan(location))).Expect(HttpStatusCode.Forbidden, "forbidden");
        (await member.GetAsync($"{Events}/{id}")).Expect(HttpStatusCode.NotFound, "event-not-found");
        (await kiosk.GetAsync(Events)).Expect(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory, InBothShapes]
    public async Task Members_see_the_events_they_may_attend_page_by_page(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, member) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MemberAsync());
        List<Guid> visible = [];
        for (var day = 1; day <= 3; day++)
        {
            var starts = platform.Now().AddDays(day);
            visible.Add(await admin.EventAsync(location, ("starts_at", starts), ("ends_at", starts.AddHours(1))));
            visible.Add(await admin.EventAsync(
                location, ("starts_at", starts), ("ends_at", starts.AddHours(1)), ("roster", "selected"), ("member_ids", new[] { member.Id })));
            await admin.EventAsync(location, ("starts_at", starts), ("ends_at", starts.AddHours(1)), ("roster", "selected"));
        }

        List<Guid> seen = [];
        string? after = null;
        do
        {
            var page = (await member.GetAsync($"{Events}?limit=2&after={after}")).Expect(HttpStatusCode.OK);
            seen.AddRange(page["items"].EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
            after = page["next"].GetString();
        }
        while (after is not null);

        Assert.Equal(visible.Order(), seen.Order());
        Assert.Equal(9, (await admin.GetAsync($"{Events}?location_id={location}")).Expect(HttpStatusCode.OK)["items"].GetArrayLength());
        Assert.Equal(0, (await member.GetAsync($"{Events}?when=past")).Expect(HttpStatusCode.OK)["items"].GetArrayLength());
        platform.Clock.Advance(TimeSpan.FromDays(2) + TimeSpan.FromHours(2));
        await member.LoginAsync(member.Username);
        Assert.Equal(4, (await member.GetAsync($"{Events}?when=past")).Expect(HttpStatusCode.OK)["items"].GetArrayLength());
        Assert.Equal(2, (await member.GetAsync($"{Events}?when=upcoming")).Expect(HttpStatusCode.OK)["items"].GetArrayLength());
    }

    [Theory, InBothShapes]
    public async Task What_cannot_be_an_event_is_refused_with_its_reason(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin) = (await platform.LocationAsync(), await platform.AdminAsync());
        var now = platform.Now();
        var soon = now.AddMinutes(10);

        async Task RefusedAsync(HttpStatusCode status, string code, params (string Name, object? Value)[] but) =>
            (await admin.PostAsync(Events, platform.Plan(location, but))).Expect(status, code);

        await RefusedAsync(HttpStatusCode.UnprocessableContent, "event-ends-before-start", ("ends_at", soon.AddMinutes(-1)), ("starts_at", soon));
        await RefusedAsync(HttpStatusCode.UnprocessableContent, "event-too-long", ("ends_at", soon.AddDays(32)));
        await RefusedAsync(HttpStatusCode.UnprocessableContent, "event-in-the-past", ("starts_at", now.AddHours(-1)));
        await RefusedAsync(HttpStatusCode.UnprocessableContent, "event-too-far-ahead", ("starts_at", now.AddDays(800)), ("ends_at", now.AddDays(801)));
        await RefusedAsync(HttpStatusCode.BadRequest, "invalid", ("time_zone", "Europe/Atlantis"));
        await RefusedAsync(HttpStatusCode.UnprocessableContent, "roster-is-open", ("member_ids", new[] { admin.Id }));
        await RefusedAsync(HttpStatusCode.UnprocessableContent, "members-unknown", ("roster", "selected"), ("member_ids", new[] { Guid.CreateVersion7() }));
        await RefusedAsync(HttpStatusCode.NotFound, "location-not-found", ("location_id", Guid.CreateVersion7()));
        await RefusedAsync(HttpStatusCode.BadRequest, "invalid", ("name", " "));
        await RefusedAsync(HttpStatusCode.BadRequest, "invalid", ("name", new string('x', 201)));
        await RefusedAsync(HttpStatusCode.BadRequest, "invalid", ("capacity", 0));
        await RefusedAsync(HttpStatusCode.BadRequest, "invalid", ("capacity", 100_001));
        await RefusedAsync(HttpStatusCode.BadRequest, "invalid", ("late_after_minutes", 1441));
        await RefusedAsync(HttpStatusCode.BadRequest, "invalid", ("check_in_opens_minutes_before", -1));
        await RefusedAsync(HttpStatusCode.BadRequest, "invalid", ("starts_at", null));
        await RefusedAsync(HttpStatusCode.BadRequest, "invalid", ("roster", "selected"), ("member_ids", new Guid[2001]));
        await RefusedAsync(HttpStatusCode.BadRequest, "malformed-json", ("roster", "everybody"));
        await RefusedAsync(HttpStatusCode.BadRequest, "malformed-json", ("starts_at", "tomorrow"));
        await RefusedAsync(HttpStatusCode.BadRequest, "malformed-json", ("name", "nul\0"));
        await RefusedAsync(HttpStatusCode.BadRequest, "malformed-json", ("colour", "red"));
        foreach (var edge in (string[])["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z"])
        {
            await RefusedAsync(HttpStatusCode.UnprocessableContent, edge[0] == '0' ? "event-too-long" : "event-ends-before-start", ("starts_at", edge));
        }

        foreach (var query in (string[])["when=now", "limit=0", "limit=201", "after=x!", "after=AAAA", "after=" + new string('A', 1001)])
        {
            (await admin.GetAsync($"{Events}?{query}")).Expect(HttpStatusCode.BadRequest, "invalid");
        }

        (await admin.GetAsync($"{Events}?limit=many")).Expect(HttpStatusCode.BadRequest, "malformed-request");
        Assert.Equal(0, (await admin.GetAsync(Events)).Expect(HttpStatusCode.OK)["items"].GetArrayLength());
    }

    private static IEnumerable<(HttpMethod Method, string Path, object? Body)> StaffDoors(Guid id, Guid member) =>
    [
        (HttpMethod.Patch, $"{Events}/{id}", new { name = "Mine now" }),
        (HttpMethod.Post, $"{Events}/{id}/cancel", new { reason = "I say so" }),
        (HttpMethod.Post, $"{Events}/{id}/close", null),
        (HttpMethod.Get, $"{Events}/{id}/qr", null),
        (HttpMethod.Get, $"{Events}/{id}/roster", null),
        (HttpMethod.Put, $"{Events}/{id}/roster", new { member_ids = Array.Empty<Guid>() }),
        (HttpMethod.Post, $"{Events}/{id}/roster/{member}", null),
        (HttpMethod.Delete, $"{Events}/{id}/roster/{member}", null),
        (HttpMethod.Get, $"{Events}/{id}/attendance", null),
        (HttpMethod.Put, $"{Events}/{id}/attendance/{member}", new { status = "present" }),
        (HttpMethod.Get, $"{Events}/{id}/attendance/{member}/changes", null),
    ];

    private static System.Net.Http.Json.JsonContent? Json(object? body) => body is null ? null : System.Net.Http.Json.JsonContent.Create(body);
}
