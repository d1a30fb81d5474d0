namespace Portico.Tests.Behaviour.Auth;

public sealed class SessionsTests
{
    [Theory, InBothShapes]
    public async Task People_see_their_sessions_and_end_one_of_them(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var laptop = await platform.MemberAsync();
        var phone = platform.From("203.0.113.9");
        phone.Headers["User-Agent"] = "A phone " + new string('x', 300);
        await phone.LoginAsync(laptop.Username);
        var stranger = await platform.MemberAsync();

        var sessions = (await laptop.GetAsync("/api/auth/sessions")).Expect(HttpStatusCode.OK).Json.EnumerateArray().ToList();
        Assert.Equal(2, sessions.Count);
        var onPhone = Assert.Single(sessions, session => !session.GetProperty("current").GetBoolean());
        Assert.Equal("203.0.113.9", onPhone.GetProperty("address").GetString());
        Assert.StartsWith("A phone", onPhone.GetProperty("agent").GetString(), StringComparison.Ordinal);

        var path = $"/api/auth/sessions/{onPhone.GetProperty("id").GetString()}";
        (await stranger.DeleteAsync(path)).Expect(HttpStatusCode.NotFound, "session-not-found");
        await phone.IsInAsync();
        (await laptop.DeleteAsync(path)).Expect(HttpStatusCode.NoContent);
        await phone.IsOutAsync();
        (await laptop.DeleteAsync(path)).Expect(HttpStatusCode.NotFound, "session-not-found");
        await laptop.IsInAsync();
    }

    [Theory, InBothShapes]
    public async Task Logging_out_everywhere_ends_every_session(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var laptop = await platform.MemberAsync();
        var phone = await platform.Somebody().LoginAsync(laptop.Username);

        (await phone.DeleteAsync("/api/auth/sessions")).Expect(HttpStatusCode.NoContent);

        await laptop.IsOutAsync();
        await phone.IsOutAsync();
        (await platform.Somebody().TryLoginAsync(laptop.Username)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task In_one_process_an_ended_session_is_refused_by_the_very_next_request()
    {
        await using var platform = await AuthSteps.StartAsync(Shape.OneProcess);
        var anna = await platform.MemberAsync();
        for (var round = 0; round < 20; round++)
        {
            await anna.LoginAsync(anna.Username);
            (await anna.LogoutAsync()).Expect(HttpStatusCode.NoContent);
            (await anna.GetAsync("/api/members/profile")).Expect(HttpStatusCode.Unauthorized, "session-ended");
        }
    }

    [Theory, InBothShapes]
    public async Task Somebody_who_is_suspended_while_signing_in_is_not_left_signed_in(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var admin = await platform.AdminAsync();
        var anna = await platform.MemberAsync();
        for (var round = 0; round < 20; round++)
        {
            var logins = Enumerable.Range(0, 4).Select(_ => platform.Somebody().TryLoginAsync(anna.Username)).ToList();
            (await admin.PostAsync($"/api/auth/admin/users/{anna.Id}/suspend", new { reason = "race" })).Expect(HttpStatusCode.OK);
            await Task.WhenAll(logins);

            Assert.Equal([0L], await platform.QueryAsync<long>(
                "auth", "select count(*) from sessions where account_id = @Id and ended_at is null", new { anna.Id }));
            (await admin.PostAsync($"/api/auth/admin/users/{anna.Id}/reinstate")).Expect(HttpStatusCode.OK);
        }
    }

    [Theory, InBothShapes]
    public async Task A_browser_gets_cookies_and_never_a_token(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var anna = await platform.AccountAsync();
        anna.Headers["X-Portico-Session"] = "cookie";
        anna.Headers["X-Forwarded-Proto"] = "https";

        var answer = (await anna.PostAsync("/api/auth/login", new { username = anna.Username, password = anna.Password, remember = true })).Expect(HttpStatusCode.OK);
        Assert.False(answer.Json.TryGetProperty("token", out _) || answer.Json.TryGetProperty("refresh_token", out _));
        var (session, refresh) = (Cookie(answer, "portico_session"), Cookie(answer, "portico_refresh"));
        Assert.Contains("; path=/; secure; samesite=strict; httponly", session, StringComparison.Ordinal);
        Assert.Contains("; path=/api/auth/refresh; secure; samesite=strict; httponly", refresh, StringComparison.Ordinal);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        var browser = platform.From("198.51.100.1");
        browser.Headers["Cookie"] = session.Split(';')[0];
        await browser.IsInAsync();

        // A script that asks without the header gets the next tokens as cookies all the same.
        browser.Headers["Cookie"] = refresh.Split(';')[0];
        var refreshed = (await browser.PostAsync("/api/auth/refresh")).Expect(HttpStatusCode.OK);
        Assert.False(refreshed.Json.TryGetProperty("token", out _) || refreshed.Json.TryGetProperty("refresh_token", out _));
        Assert.NotEqual(refresh.Split(';')[0], Cookie(refreshed, "portico_refresh").Split(';')[0]);

        browser.Headers["Cookie"] = Cookie(refreshed, "portico_session").Split(';')[0];
        var goodbye = (await browser.LogoutAsync()).Expect(HttpStatusCode.NoContent);
        Assert.All(["portico_session", "portico_refresh"], name => Assert.StartsWith($"{name}=; expires=Thu, 01 Jan 1970", Cookie(goodbye, name), StringComparison.Ordinal));
    }

    [Theory, InBothShapes]
    public async Task A_short_session_takes_away_the_long_one_that_somebody_left_in_the_browser(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var anna = await platform.AccountAsync();
        anna.Headers["X-Portico-Session"] = "cookie";

        var answer = (await anna.TryLoginAsync(anna.Username)).Expect(HttpStatusCode.OK);

        Assert.DoesNotContain("secure", Cookie(answer, "portico_session"), StringComparison.Ordinal);
        Assert.StartsWith("portico_refresh=; expires=Thu, 01 Jan 1970", Cookie(answer, "portico_refresh"), StringComparison.Ordinal);
    }

    private static string Cookie(Answer answer, string name) =>
        Assert.Single(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith($"{name}=", StringComparison.Ordinal));
}
