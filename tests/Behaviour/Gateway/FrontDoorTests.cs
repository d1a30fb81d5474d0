using System.Text.RegularExpressions;
using Portico.Gateway.Guards;

namespace Portico.Tests.Behaviour.Gateway;

public sealed partial class FrontDoorTests
{
    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task The_seeds_paths_answer_as_the_canonical_ones_do(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var name = AccountSteps.NewName();
        var registered = (await platform.Somebody().PostAsync("/auth/register", new { username = name, password = AccountSteps.GoodPassword })).Expect(HttpStatusCode.Created);
        var loggedIn = (await platform.Somebody().PostAsync("/auth/login", new { username = name, password = AccountSteps.GoodPassword })).Expect(HttpStatusCode.OK);
        Assert.Equal(registered.Id, loggedIn.Id);

        var admin = await platform.AdminAsync();
        foreach (var (alias, canonical) in Aliases.All.Where(alias => alias.Canonical.Count(c => c == '/') > 2))
        {
            var (bySeed, byPortico) = (await admin.GetAsync(alias), await admin.GetAsync(canonical));
            Assert.True(bySeed.Status == byPortico.Status, $"{alias}: {bySeed}\n{canonical}: {byPortico}");
        }
    }

    [Theory, InlineData("auth", "/login"), InlineData("members", "/profile")]
    public async Task A_module_served_alone_also_answers_its_paths_bare(string module, string path)
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule);
        var anna = await platform.MemberAsync();
        var answer = path == "/login"
            ? await anna.At(module).PostAsync(path, new { username = anna.Username, password = anna.Password })
            : await anna.At(module).GetAsync(path);
        answer.Expect(HttpStatusCode.OK);
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Nothing_internal_answers_from_outside(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var admin = await platform.AdminAsync();
        foreach (var path in new[] { "/internal/events", "/internal/ended-sessions?after=0" })
        {
            Assert.Contains((await admin.GetAsync(path)).Status, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
            Assert.Contains((await admin.PostAsync(path, new { })).Status, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
        }
    }

    [Fact]
    public async Task What_the_parts_ask_each_other_does_not_read_like_an_attack_in_the_log()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule);
        (await (await platform.MemberAsync()).GetAsync("/api/members/profile")).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain(platform.Logs.Lines, line => line.Contains("was not authenticated", StringComparison.Ordinal));
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_body_over_the_limit_is_refused(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Http:MaxBodyBytes"] = "4096" });
        var anna = await platform.MemberAsync();
        (await anna.SendRawAsync(HttpMethod.Post, "/api/auth/login", new byte[5000])).Expect(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_sound_request_id_comes_back_and_an_unsound_one_is_replaced(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var anna = await platform.MemberAsync();
        anna.Headers["X-Request-Id"] = "door-7.scan_42";
        Assert.Equal("door-7.scan_42", (await anna.GetAsync("/api/auth/me")).Headers.GetValues("X-Request-Id").Single());
        anna.Headers["X-Request-Id"] = "<script>";
        Assert.Matches("^[0-9a-f]{32}$", (await anna.GetAsync("/api/auth/me")).Headers.GetValues("X-Request-Id").Single());
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_trace_begun_by_the_caller_goes_on_through_every_process(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var stranger = platform.Somebody();
        stranger.Headers["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var refused = await stranger.PostAsync("/api/auth/login", new { username = "nobody", password = "nothing at all" });
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", refused.Text("trace_id"));
    }

    [Fact]
    public async Task A_module_that_is_away_is_a_problem_that_names_no_inner_address()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule);
        var anna = await platform.MemberAsync();
        await platform.StopAsync("members");

        var answer = await anna.GetAsync("/api/members/profile");
        Assert.Contains(answer.Status, new[] { HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable });
        Assert.Contains(answer.Code, new[] { "module-unreachable", "module-unavailable" });
        Assert.DoesNotMatch(InnerAddress, answer.Body);

        var ready = (await anna.GetAsync("/healthz/ready")).Expect(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("unavailable", ready["modules"].GetProperty("members").GetString());
        Assert.Equal("ok", ready["modules"].GetProperty("auth").GetString());
        (await anna.GetAsync("/api/auth/me")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_module_that_comes_back_is_asked_again_at_once_however_often_it_was_missed()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule);
        var anna = await platform.MemberAsync();
        await platform.StopAsync("members");
        await Eventually.TrueAsync(async () => (await anna.GetAsync("/api/members/profile")).Code == "module-unavailable", "it is not left alone");

        await platform.StartAgainAsync("members");
        await Eventually.TrueAsync(
            async () => (await anna.GetAsync("/api/members/profile")).Status is HttpStatusCode.OK, "it is left alone for long", TimeSpan.FromSeconds(10));
    }

    [GeneratedRegex(@"127\.0\.0\.1|localhost")]
    private static partial Regex InnerAddress { get; }
}
