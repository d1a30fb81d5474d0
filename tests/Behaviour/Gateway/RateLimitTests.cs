namespace Portico.Tests.Behaviour.Gateway;

[Trait("Category", "Proof")]
public sealed class RateLimitTests
{
    private static readonly Dictionary<string, string?> Limited = new()
    {
        ["RateLimiting:Enabled"] = "true",
        ["RateLimiting:AnonymousPerMinute"] = "10",
        ["RateLimiting:AccountPerMinute"] = "20",
        ["RateLimiting:SignInPerMinute"] = "5",
    };

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Who_asks_too_often_is_told_when_to_come_back_and_is_let_in_then(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, Limited);
        var stranger = platform.Somebody();
        for (var left = 9; left >= 0; left--)
        {
            var answer = (await stranger.GetAsync("/api/auth/me")).Expect(HttpStatusCode.Unauthorized);
            Assert.Equal("10", answer.Headers.GetValues("RateLimit-Limit").Single());
            Assert.Equal($"{left}", answer.Headers.GetValues("RateLimit-Remaining").Single());
        }

        var refused = (await stranger.GetAsync("/api/auth/me")).Expect(HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 6);

        platform.Clock.Advance(refused.Headers.RetryAfter.Delta.Value);
        (await stranger.GetAsync("/api/auth/me")).Expect(HttpStatusCode.Unauthorized);
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task An_account_has_a_bucket_of_its_own_wherever_it_calls_from(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, Limited);
        var anna = await platform.MemberAsync();
        platform.Clock.Advance(TimeSpan.FromMinutes(2));
        for (var request = 0; request < 20; request++)
        {
            (await anna.GetAsync("/api/auth/me")).Expect(HttpStatusCode.OK);
        }

        (await anna.GetAsync("/api/auth/me")).Expect(HttpStatusCode.TooManyRequests);
        (await platform.Somebody().GetAsync("/api/auth/me")).Expect(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("login", "/auth/login"), InlineData("register", "/auth/register"), InlineData("refresh", "/api/auth/refresh")]
    [InlineData("password/forgot", "/api/auth/password/forgot"), InlineData("password/reset", "/API/Auth/password/reset")]
    public async Task The_ways_in_are_guarded_five_times_a_minute_even_from_somebody_signed_in(string way, string again)
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess, Limited);
        var anna = await platform.MemberAsync();
        platform.Clock.Advance(TimeSpan.FromMinutes(2));
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await anna.PostAsync($"/api/auth/{way}", new { username = "x", password = "y" })).Status);
        }

        (await anna.PostAsync(again, new { username = "x", password = "y" })).Expect(HttpStatusCode.TooManyRequests, "too-many-requests");
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task The_ways_in_are_guarded_however_their_address_is_spelt(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, Limited);
        var stranger = platform.Somebody();
        foreach (var way in new[] { "/api/auth/login", "/api/auth/login/", "/auth/login", "/auth/login/", "/API/Auth/Login" })
        {
            var answer = await stranger.PostAsync(way, new { username = "nobody", password = "wrong password" });
            answer.Expect(HttpStatusCode.Unauthorized, "wrong-credentials");
            Assert.Equal("5", answer.Headers.GetValues("RateLimit-Limit").Single());
        }

        (await stranger.PostAsync("/auth/login/", new { username = "nobody", password = "wrong password" })).Expect(HttpStatusCode.TooManyRequests);
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_failure_says_who_asked_and_what_is_left_like_any_other_answer(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, Limited);
        var stranger = platform.Somebody();
        stranger.Headers["X-Request-Id"] = "mine";
        var answer = (await stranger.SendRawAsync(HttpMethod.Post, "/api/auth/login", "{oops"u8.ToArray())).Expect(HttpStatusCode.BadRequest, "malformed-json");
        foreach (var (name, value) in new[] { ("X-Request-Id", "mine"), ("X-Content-Type-Options", "nosniff"), ("RateLimit-Limit", "5"), ("RateLimit-Remaining", "4") })
        {
            Assert.Equal(value, answer.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : $"no {name}");
        }
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Behind_a_trusted_proxy_every_client_has_its_own_bucket_and_elsewhere_the_header_buys_nothing(Shape shape)
    {
        Dictionary<string, string?> trusting = new(Limited) { ["Http:TrustedProxies:0"] = "127.0.0.0/8" };
        await using (var platform = await RunningPlatform.StartAsync(shape, trusting))
        {
            var first = platform.Somebody();
            // Whoever calls may claim more hops: the last one the proxy wrote is the one that counts.
            first.Headers["X-Forwarded-For"] = "203.0.113.99, 203.0.113.1";
            var second = platform.Somebody();
            second.Headers["X-Forwarded-For"] = "203.0.113.2";
            await EmptyAsync(first);
            (await second.GetAsync("/api/auth/me")).Expect(HttpStatusCode.Unauthorized);
        }

        await using (var platform = await RunningPlatform.StartAsync(shape, Limited))
        {
            var liar = platform.Somebody();
            await EmptyAsync(liar);
            liar.Headers["X-Forwarded-For"] = "203.0.113.7";
            (await liar.GetAsync("/api/auth/me")).Expect(HttpStatusCode.TooManyRequests);
        }
    }

    private static async Task EmptyAsync(Person person)
    {
        for (var request = 0; request < 10; request++)
        {
            (await person.GetAsync("/api/auth/me")).Expect(HttpStatusCode.Unauthorized);
        }

        (await person.GetAsync("/api/auth/me")).Expect(HttpStatusCode.TooManyRequests);
    }
}
