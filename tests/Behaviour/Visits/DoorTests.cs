namespace Portico.Tests.Behaviour.Visits;

public sealed class DoorTests
{
    [Theory, InBothShapes]
    public async Task A_member_scans_in_and_out_and_the_house_knows_how_many_are_in(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (location, kiosk) = await admin.DoorAsync();
        var anna = await platform.MemberAsync();
        Assert.Equal(0, await anna.PeopleAtAsync(location));

        var came = (await kiosk.ScanAsync(anna)).Expect(HttpStatusCode.OK);
        Assert.Equal("in", came.Text("direction"));
        Assert.Equal(anna.Id, came["member"].GetProperty("id").GetGuid());
        Assert.Equal(anna.Username, came["member"].Word("name"));
        Assert.Equal(1, await anna.PeopleAtAsync(location));

        var left = (await kiosk.ScanAsync(anna)).Expect(HttpStatusCode.OK);
        Assert.Equal("out", left.Text("direction"));
        Assert.Equal(came["visit_id"].GetGuid(), left["visit_id"].GetGuid());
        Assert.Equal(0, await anna.PeopleAtAsync(location));

        var visit = Assert.Single(await anna.VisitsAsync());
        Assert.Equal("scan", visit.Word("closed_by"));
        Assert.Equal(came["at"].GetDateTimeOffset(), visit.Instant("started_at"));
        Assert.Equal(left["at"].GetDateTimeOffset(), visit.Instant("ended_at"));
        Assert.NotNull((await anna.GetAsync("/api/members/occupancy")).Json.EnumerateArray().Single(row => row.GetProperty("location_id").GetGuid() == location).Word("updated_at"));
    }

    [Theory, InBothShapes]
    public async Task A_scan_sent_again_is_answered_the_same_and_changes_nothing(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (location, kiosk) = await admin.DoorAsync();
        var anna = await platform.MemberAsync();
        var (scanId, code) = (VisitSteps.NewId(), await anna.PassAsync());

        var first = (await kiosk.ScanAsync(code, scanId)).Expect(HttpStatusCode.OK);
        platform.Clock.Advance(TimeSpan.FromHours(1));
        var again = (await kiosk.ScanAsync(code, scanId)).Expect(HttpStatusCode.OK);
        Assert.Equal(first.Body, again.Body);
        Assert.Equal(1, await anna.PeopleAtAsync(location));

        (await kiosk.ScanAsync(await anna.PassAsync(), scanId)).Expect(HttpStatusCode.UnprocessableEntity, "scan-id-reused");
        var other = await admin.KioskAtAsync(location);
        (await other.ScanAsync(code, scanId)).Expect(HttpStatusCode.UnprocessableEntity, "scan-id-reused");
    }

    [Theory, InBothShapes]
    public async Task A_camera_that_reads_twice_does_not_send_anybody_out_again(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (location, kiosk) = await admin.DoorAsync();
        var anna = await platform.MemberAsync();
        var code = await anna.PassAsync();

        var first = (await kiosk.ScanAsync(code)).Expect(HttpStatusCode.OK);
        Assert.False(first["repeated"].GetBoolean());
        var second = (await kiosk.ScanAsync(code)).Expect(HttpStatusCode.OK);
        Assert.True(second["repeated"].GetBoolean());
        Assert.Equal("in", second.Text("direction"));
        Assert.Equal(first["visit_id"].GetGuid(), second["visit_id"].GetGuid());

        // The pass changes its code while she holds it before the camera: still one reading.
        var change = (await anna.GetAsync("/api/members/pass?format=text"))["changes_at"].GetDateTimeOffset().AddMinutes(10);
        platform.Clock.MoveTo(change.AddSeconds(-25));
        var left = await kiosk.ScanAsync(await anna.PassAsync(), at: change.AddSeconds(-2));
        platform.Clock.MoveTo(change.AddSeconds(1));
        var again = await kiosk.ScanAsync(await anna.PassAsync(), at: change.AddSeconds(3));
        Assert.Equal("out", left.Expect(HttpStatusCode.OK).Text("direction"));
        Assert.Equal("out", again.Expect(HttpStatusCode.OK).Text("direction"));
        Assert.True(again["repeated"].GetBoolean());
        Assert.Equal(0, await anna.PeopleAtAsync(location));
    }

    [Theory, InBothShapes]
    public async Task Coming_in_elsewhere_ends_the_visit_here(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (here, kioskHere) = await admin.DoorAsync();
        var (there, kioskThere) = await admin.DoorAsync();
        var anna = await platform.MemberAsync();

        await kioskHere.ScanAsync(anna);
        var moved = (await kioskThere.ScanAsync(anna)).Expect(HttpStatusCode.OK);
        Assert.Equal("in", moved.Text("direction"));
        Assert.Equal(0, await anna.PeopleAtAsync(here));
        Assert.Equal(1, await anna.PeopleAtAsync(there));

        var visits = await anna.VisitsAsync();
        Assert.Equal(2, visits.Count);
        Assert.Equal("moved", visits[1].Word("closed_by"));
        Assert.Equal(visits[0].Instant("started_at"), visits[1].Instant("ended_at"));
    }

    [Theory, InBothShapes]
    public async Task What_is_no_good_pass_opens_nothing(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (here, kiosk) = await admin.DoorAsync();
        var (_, elsewhere) = await admin.DoorAsync();
        var anna = await platform.MemberAsync();

        (await kiosk.ScanAsync("PT1-garbage")).Expect(HttpStatusCode.UnprocessableEntity, "code-invalid");
        (await kiosk.ScanAsync(anna.Token![..180])).Expect(HttpStatusCode.UnprocessableEntity, "code-invalid");
        var code = await anna.PassAsync();
        (await kiosk.ScanAsync(code[..^2] + (code.EndsWith("AA", StringComparison.Ordinal) ? "BB" : "AA"))).Expect(HttpStatusCode.UnprocessableEntity, "code-invalid");

        (await kiosk.ScanAsync(code)).Expect(HttpStatusCode.OK);
        (await elsewhere.ScanAsync(code)).Expect(HttpStatusCode.Conflict, "code-used-elsewhere");
        code = await anna.NextPassAsync();
        platform.Clock.Advance(TimeSpan.FromSeconds(61));
        (await kiosk.ScanAsync(code)).Expect(HttpStatusCode.Gone, "code-expired");
        Assert.Equal(1, await anna.PeopleAtAsync(here));

        // A pass is worth nothing as a login, and nobody but a device at a door may scan.
        (await new Person(platform, platform.Gateway) { Token = code }.GetAsync("/api/members/profile")).Expect(HttpStatusCode.Unauthorized);
        (await anna.ScanAsync(code)).Expect(HttpStatusCode.Forbidden);
        (await admin.ScanAsync(code)).Expect(HttpStatusCode.Forbidden);
        var loose = await platform.KioskAsync();
        (await loose.ScanAsync(code)).Expect(HttpStatusCode.Forbidden, "kiosk-without-location");
        (await loose.GetAsync("/api/members/pass")).Expect(HttpStatusCode.Forbidden, "no-pass");
    }

    [Theory, InBothShapes]
    public async Task Whoever_is_suspended_stays_outside_until_reinstated(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (_, kiosk) = await admin.DoorAsync();
        var anna = await platform.MemberAsync();
        var kept = await anna.KeepScanAsync();
        var code = await anna.NextPassAsync();

        (await admin.PostAsync($"/api/auth/admin/users/{anna.Id}/suspend", new { reason = "unpaid" })).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(
            async () => (await admin.GetAsync($"/api/members/profiles/{anna.Id}")).Text("status") == "suspended", "nobody told the doors");
        (await kiosk.ScanAsync(code)).Expect(HttpStatusCode.Forbidden, "member-suspended");
        // She came before she was suspended: the device just tells it later.
        Assert.Equal("in", (await kiosk.ScanAsync(kept.Code, kept.ScanId, kept.At)).Expect(HttpStatusCode.OK).Text("direction"));

        (await admin.PostAsync($"/api/auth/admin/users/{anna.Id}/reinstate", new { })).Expect(HttpStatusCode.OK);
        await anna.LoginAsync(anna.Username);
        await Eventually.TrueAsync(async () => (await kiosk.ScanAsync(anna)).Succeeded, "she is still kept outside");
    }

    [Theory, InBothShapes]
    public async Task A_pass_is_a_picture_or_text_and_never_cached(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var anna = await platform.MemberAsync();

        var picture = (await anna.GetAsync("/api/members/pass")).Expect(HttpStatusCode.OK);
        Assert.Equal("image/svg+xml", picture.ContentHeaders.ContentType?.MediaType);
        Assert.StartsWith("<svg", picture.Body, StringComparison.Ordinal);
        var text = (await anna.GetAsync("/api/members/pass?format=text")).Expect(HttpStatusCode.OK);
        Assert.True(text.Headers.CacheControl?.NoStore);
        Assert.InRange(text["valid_until"].GetDateTimeOffset() - platform.Clock.GetUtcNow(), TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(60));
        (await anna.GetAsync("/api/members/pass?format=gif")).Expect(HttpStatusCode.BadRequest);
    }
}
