using Portico.Platform.Security;

namespace Portico.Tests.Behaviour.Gateway;

[Trait("Category", "Proof")]
public sealed class BrowserTests
{
    private static readonly Dictionary<string, string?> WithOrigin = new() { ["Gateway:Origins:0"] = "https://app.example" };

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task The_session_cookie_is_as_good_as_the_bearer(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var anna = await platform.MemberAsync();
        var browser = Browser(anna);
        Assert.Equal(anna.Username, (await browser.GetAsync("/api/auth/me")).Expect(HttpStatusCode.OK).Text("username"));
        Assert.Equal(anna.Username, (await browser.GetAsync("/api/members/profile")).Expect(HttpStatusCode.OK).Text("username"));
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_page_of_another_site_cannot_act_with_the_cookie(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, WithOrigin);
        var anna = await platform.MemberAsync();
        var elsewhere = Browser(anna);
        elsewhere.Headers["Origin"] = "https://evil.example";
        (await elsewhere.LogoutAsync()).Expect(HttpStatusCode.Forbidden, "cross-site-request");
        var unmarked = Browser(anna);
        unmarked.Headers["Sec-Fetch-Site"] = "cross-site";
        (await unmarked.LogoutAsync()).Expect(HttpStatusCode.Forbidden, "cross-site-request");

        var ours = Browser(anna);
        ours.Headers["Origin"] = "https://app.example";
        (await ours.LogoutAsync()).Expect(HttpStatusCode.NoContent);
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Only_configured_origins_may_read_answers(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, WithOrigin);
        var ours = platform.Somebody();
        ours.Headers["Origin"] = "https://app.example";
        ours.Headers["Access-Control-Request-Method"] = "POST";
        var allowed = await ours.SendAsync(HttpMethod.Options, "/api/auth/login");
        Assert.Equal("https://app.example", allowed.Headers.GetValues("Access-Control-Allow-Origin").Single());

        var other = platform.Somebody();
        other.Headers["Origin"] = "https://evil.example";
        Assert.False((await other.GetAsync("/api/auth/me")).Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Every_answer_tells_browsers_to_be_careful(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var anna = await platform.MemberAsync();
        foreach (var answer in new[] { await anna.GetAsync("/api/auth/me"), await anna.GetAsync("/nowhere"), await platform.Somebody().GetAsync("/api/auth/me") })
        {
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
            Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl!.NoStore, "answers of one member may not be kept for the next");
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    private static Person Browser(Person person)
    {
        var browser = person.Platform.Somebody();
        browser.Headers["Cookie"] = $"{SessionCookie.Name}={person.Token}";
        return browser;
    }
}
