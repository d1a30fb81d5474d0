namespace Portico.Tests.Behaviour.Attendance;

public sealed class EventQrTests
{
    [Theory, InBothShapes]
    public async Task A_screens_code_changes_every_half_minute_and_an_old_photograph_of_it_is_worth_nothing(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, members) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MembersAsync(3));
        var id = await admin.EventAsync(location);
        var first = (await admin.GetAsync($"/api/members/events/{id}/qr?kind=screen&format=text")).Expect(HttpStatusCode.OK);
        var changes = first["changes_at"].GetDateTimeOffset();
        Assert.InRange(changes - platform.Now(), TimeSpan.FromSeconds(-2), TimeSpan.FromSeconds(30));
        Assert.Equal(changes.AddSeconds(30), first["valid_until"].GetDateTimeOffset());
        Assert.True(first.Headers.CacheControl!.NoStore);
        (await members[0].ScanAsync(first.Text("code"))).Expect(HttpStatusCode.OK);

        platform.Clock.MoveTo(changes.AddSeconds(1));
        Assert.NotEqual(first.Text("code"), await admin.CodeAsync(id, "screen"));
        (await members[1].ScanAsync(first.Text("code"))).Expect(HttpStatusCode.OK);

        platform.Clock.MoveTo(changes.AddSeconds(30));
        (await members[2].ScanAsync(first.Text("code"))).Expect(HttpStatusCode.Gone, "code-expired");
        (await members[2].ScanAsync(await admin.CodeAsync(id, "screen"))).Expect(HttpStatusCode.OK);
    }

    [Theory, InBothShapes]
    public async Task A_printed_code_holds_as_long_as_the_check_in(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, members) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MembersAsync(2));
        var starts = platform.Now().AddHours(12);
        var id = await admin.EventAsync(location, ("starts_at", starts), ("ends_at", starts.AddHours(1)));
        var printed = (await admin.GetAsync($"/api/members/events/{id}/qr?kind=paper&format=text")).Expect(HttpStatusCode.OK);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, printed["changes_at"].ValueKind);

        (await members[0].ScanAsync(printed.Text("code"))).Expect(HttpStatusCode.Conflict, "check-in-not-open");
        platform.Clock.MoveTo(starts);
        (await members[0].ScanAsync(printed.Text("code"))).Expect(HttpStatusCode.OK);
        platform.Clock.MoveTo(printed["valid_until"].GetDateTimeOffset());
        (await members[1].ScanAsync(printed.Text("code"))).Expect(HttpStatusCode.Conflict, "check-in-closed");
    }

    [Theory, InBothShapes]
    public async Task It_comes_as_a_picture_of_either_kind_and_in_no_cache(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin) = (await platform.LocationAsync(), await platform.AdminAsync());
        var qr = $"/api/members/events/{await admin.EventAsync(location)}/qr";

        var svg = (await admin.GetAsync(qr)).Expect(HttpStatusCode.OK);
        Assert.Equal("image/svg+xml", svg.ContentHeaders.ContentType!.MediaType);
        Assert.StartsWith("<svg", svg.Body, StringComparison.Ordinal);
        var png = (await admin.GetAsync($"{qr}?kind=paper&format=png")).Expect(HttpStatusCode.OK);
        Assert.Equal("image/png", png.ContentHeaders.ContentType!.MediaType);
        Assert.Equal([0x89, .. "PNG\r\n"u8], png.Bytes[..6]);
        Assert.All([svg, png], picture => Assert.True(picture.Headers.CacheControl!.NoStore));
        Assert.InRange(
            DateTimeOffset.Parse(svg.Headers.GetValues("Code-Changes-At").Single(), System.Globalization.CultureInfo.InvariantCulture) - platform.Now(),
            TimeSpan.FromSeconds(-2), TimeSpan.FromSeconds(30));
        Assert.False(png.Headers.Contains("Code-Changes-At"));
        (await admin.GetAsync($"{qr}?kind=stone")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.GetAsync($"{qr}?format=gif")).Expect(HttpStatusCode.BadRequest, "invalid");
    }

    [Theory, InBothShapes]
    public async Task Shown_to_anybody_it_is_worth_nothing_as_a_login_and_a_login_is_no_code(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, member) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MemberAsync());
        var id = await admin.EventAsync(location);
        foreach (var kind in (string[])["screen", "paper"])
        {
            var thief = platform.Somebody();
            var code = await admin.CodeAsync(id, kind);
            thief.Token = code;
            (await thief.GetAsync("/api/auth/me")).Expect(HttpStatusCode.Unauthorized);
            (await thief.ScanAsync(code)).Expect(HttpStatusCode.Unauthorized);
            (await thief.At("members").GetAsync("/api/members/profile")).Expect(HttpStatusCode.Unauthorized);
            thief.Token = null;
            (await thief.ScanAsync(code)).Expect(HttpStatusCode.Unauthorized);
            (await thief.PostAsync("/api/auth/login", new { username = member.Username, password = code[..70] })).Expect(HttpStatusCode.Unauthorized);
        }

        (await member.ScanAsync(member.Token![..200])).Expect(HttpStatusCode.UnprocessableContent, "code-invalid");
        (await admin.AttendanceAsync(id)).ExpectCounts([0, 0, 0, 0, 0], "totals");
    }
}
