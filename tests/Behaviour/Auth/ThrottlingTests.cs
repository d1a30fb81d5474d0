namespace Portico.Tests.Behaviour.Auth;

[Trait("Category", "Proof")]
public sealed class ThrottlingTests
{
    private const string Home = "198.51.100.1";
    private const string Elsewhere = "203.0.113.9";

    [Theory, InBothShapes]
    public async Task Five_failures_block_for_half_a_minute_and_each_further_one_for_twice_as_long(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var anna = await platform.AccountAsync("anna", address: Home);
        var stranger = platform.From(Elsewhere);

        await stranger.FailAsync("anna", times: 5);
        foreach (var wait in new[] { 30, 60, 120, 240, 480, 900, 900 })
        {
            // The right password does not help either: nothing is looked at while the name is blocked.
            var blocked = (await stranger.TryLoginAsync("anna")).Expect(HttpStatusCode.TooManyRequests, "too-many-failures");
            Assert.InRange(blocked.RetryAfter(), TimeSpan.FromSeconds(wait - 10), TimeSpan.FromSeconds(wait));
            platform.Clock.Advance(blocked.RetryAfter());
            await stranger.FailAsync("anna", times: 1);
        }

        platform.Clock.Advance(TimeSpan.FromMinutes(15));
        (await stranger.TryLoginAsync("anna")).Expect(HttpStatusCode.OK);
        Assert.Equal(5 + 7, (await platform.LogOfAsync(anna.Id)).Count(entry => entry == "login wrong_password"));
        Assert.Equal(7, (await platform.LogOfAsync(anna.Id)).Count(entry => entry == "login blocked"));
    }

    [Theory, InBothShapes]
    public async Task Old_failures_are_forgotten_and_so_are_those_before_a_success(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        await platform.AccountAsync("anna", address: Home);
        var stranger = platform.From(Elsewhere);

        await stranger.FailAsync("anna", times: 4);
        platform.Clock.Advance(TimeSpan.FromMinutes(16));
        await stranger.FailAsync("anna", times: 4);
        (await stranger.TryLoginAsync("anna")).Expect(HttpStatusCode.OK);
        await stranger.FailAsync("anna", times: 5);
        (await stranger.TryLoginAsync("anna")).Expect(HttpStatusCode.TooManyRequests, "too-many-failures");
    }

    [Theory, InBothShapes]
    public async Task Failures_at_the_same_time_all_count(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        for (var round = 0; round < 5; round++)
        {
            var anna = await platform.AccountAsync(address: Home);
            var answers = await Task.WhenAll(Enumerable.Range(1, 40).Select(
                nth => platform.From($"203.0.{round}.{nth}").TryLoginAsync(anna.Username, AuthSteps.WrongPassword)));

            // However many were on their way, five are told that they were wrong, and the rest nothing.
            Assert.Equal(5, answers.Count(answer => answer.Code == "wrong-credentials"));
            Assert.Equal(35, answers.Count(answer => answer.Code == "too-many-failures"));
            var counted = Assert.Single(await platform.QueryAsync<int>(
                "auth", "select failures from login_failures where who = 'name:' || @Username and place = ''", new { anna.Username }));
            var hashed = (await platform.LogOfAsync(anna.Id)).Count(entry => entry is "login wrong_password");
            Assert.Equal(5, hashed);
            Assert.InRange(counted, 5, 40);
        }
    }

    [Theory, InBothShapes]
    public async Task Strangers_do_not_lock_out_who_is_known(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var anna = await platform.AccountAsync("anna", address: Home);
        var signedIn = platform.From("192.0.2.77");
        await signedIn.LoginAsync("anna");

        await platform.From(Elsewhere).FailAsync("anna", times: 5);
        (await platform.From(Elsewhere).TryLoginAsync("anna")).Expect(HttpStatusCode.TooManyRequests);
        (await platform.From("203.0.113.50").TryLoginAsync("anna")).Expect(HttpStatusCode.TooManyRequests);

        // Where she has signed in before, and wherever her session is.
        (await platform.From(Home).TryLoginAsync("anna")).Expect(HttpStatusCode.OK);
        signedIn.Headers["X-Forwarded-For"] = "203.0.113.200";
        (await signedIn.TryLoginAsync("anna")).Expect(HttpStatusCode.OK);

        // Her own failures count all the same: at home, and in the session.
        await platform.From(Home).FailAsync("anna", times: 5);
        (await platform.From(Home).TryLoginAsync("anna")).Expect(HttpStatusCode.TooManyRequests);
        (await signedIn.TryLoginAsync("anna")).Expect(HttpStatusCode.OK);
        for (var failure = 0; failure < 5; failure++)
        {
            (await signedIn.ChangePasswordAsync(AuthSteps.WrongPassword, AuthSteps.NewPassword)).Expect(HttpStatusCode.UnprocessableEntity, "wrong-password");
        }

        (await signedIn.ChangePasswordAsync(AccountSteps.GoodPassword, AuthSteps.NewPassword)).Expect(HttpStatusCode.TooManyRequests, "too-many-failures");
        Assert.Contains("password_change blocked", await platform.LogOfAsync(anna.Id));
    }

    [Theory, InBothShapes]
    public async Task A_network_that_guesses_at_many_names_is_blocked_but_not_for_those_known_there(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        await platform.AccountAsync("regular", address: "2001:db8:1:2::1");
        await platform.AccountAsync("visitor", address: Home);

        for (var name = 0; name < 20; name++)
        {
            // One line has many addresses.
            await platform.From($"2001:db8:1:2::{name + 10:x}").FailAsync($"nobody-{name}", times: 1);
        }

        (await platform.From("2001:db8:1:2::99").TryLoginAsync("visitor")).Expect(HttpStatusCode.TooManyRequests, "too-many-failures");
        (await platform.From("2001:db8:1:2::98").TryLoginAsync("regular")).Expect(HttpStatusCode.OK);
        (await platform.From("2001:db8:1:3::99").TryLoginAsync("visitor")).Expect(HttpStatusCode.OK);
    }

    [Theory, InBothShapes]
    public async Task An_administrator_sees_and_lifts_a_block(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var admin = await platform.AdminAsync();
        var anna = await platform.AccountAsync("anna", "anna@space.example", Home);
        await platform.From(Elsewhere).FailAsync("anna@space.example", times: 5);
        (await platform.From(Elsewhere).TryLoginAsync("anna@space.example")).Expect(HttpStatusCode.TooManyRequests);

        var seen = (await admin.GetAsync($"/api/auth/admin/users/{anna.Id}")).Expect(HttpStatusCode.OK);
        Assert.True(seen["locked_until"].GetDateTimeOffset() > platform.Clock.GetUtcNow());
        (await admin.PostAsync($"/api/auth/admin/users/{anna.Id}/unlock")).Expect(HttpStatusCode.OK);

        (await platform.From(Elsewhere).TryLoginAsync("anna@space.example")).Expect(HttpStatusCode.OK);
        Assert.Contains("unlock ok", await platform.LogOfAsync(anna.Id));
    }
}
