using System.Diagnostics;

namespace Portico.Tests.Behaviour.Auth;

public sealed class SigningInTests
{
    [Theory, InBothShapes]
    public async Task Whether_there_is_such_an_account_does_not_show(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        await platform.AccountAsync("anna", "anna@space.example");
        var stranger = platform.From("203.0.113.9");

        foreach (var (there, missing) in new[] { ("anna", "nobody"), ("anna@space.example", "nobody@space.example") })
        {
            List<string> known = [], unknown = [];
            for (var attempt = 0; attempt < 7; attempt++)
            {
                known.Add((await stranger.TryLoginAsync(there, AuthSteps.WrongPassword)).Tells());
                unknown.Add((await stranger.TryLoginAsync(missing, AuthSteps.WrongPassword)).Tells());
            }

            Assert.Equal(known, unknown);
            Assert.StartsWith("401", known[4], StringComparison.Ordinal);
            Assert.StartsWith("429", known[5], StringComparison.Ordinal);
        }
    }

    [Theory, InBothShapes]
    public async Task An_account_that_is_not_there_takes_as_long_as_one_that_is(Shape shape)
    {
        // A cost at which the hash outweighs everything else, and failures that do not block.
        await using var platform = await AuthSteps.StartAsync(
            shape, ("Modules:Auth:Passwords:Cost", "8"), ("Modules:Auth:Throttle:Failures", "1000"), ("Modules:Auth:Throttle:NetworkFailures", "1000"));
        await platform.AccountAsync("anna");
        var stranger = platform.From("203.0.113.9");

        List<double> known = [], unknown = [];
        for (var attempt = 0; attempt < 15; attempt++)
        {
            known.Add(await TookAsync(() => stranger.TryLoginAsync("anna", AuthSteps.WrongPassword)));
            unknown.Add(await TookAsync(() => stranger.TryLoginAsync("nobody", AuthSteps.WrongPassword)));
        }

        Assert.InRange(known.Order().ElementAt(7) / unknown.Order().ElementAt(7), 0.5, 2);
    }

    [Theory, InBothShapes]
    public async Task A_suspended_account_is_told_so_only_to_who_knows_its_password(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var anna = await platform.AccountAsync("anna");
        await platform.ExecuteAsync("auth", "update accounts set status = 'suspended' where id = @Id", new { anna.Id });

        (await anna.TryLoginAsync("anna", AuthSteps.WrongPassword)).Expect(HttpStatusCode.Unauthorized, "wrong-credentials");
        (await anna.TryLoginAsync("anna")).Expect(HttpStatusCode.Forbidden, "account-suspended");
        Assert.Equal(["register ok", "login wrong_password", "login suspended"], await platform.LogOfAsync(anna.Id));
    }

    [Theory, InBothShapes]
    public async Task A_password_hashed_at_a_lower_cost_is_hashed_anew(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape, ("Modules:Auth:Passwords:Cost", "5"));
        var anna = await platform.AccountAsync("anna");
        await platform.ExecuteAsync(
            "auth", "update accounts set password_hash = @hash where id = @Id",
            new { anna.Id, hash = Portico.Auth.Passwords.Bcrypt.Hash(AccountSteps.GoodPassword, 4) });

        // Several at once: none of them may be confused by what another one has just stored.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => anna.TryLoginAsync("anna")));

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.OK));
        Assert.StartsWith("$2b$05$", Assert.Single(await platform.QueryAsync<string>("auth", "select password_hash from accounts where id = @Id", new { anna.Id })), StringComparison.Ordinal);
    }

    [Theory, InBothShapes]
    public async Task A_storm_of_sign_ins_is_refused_with_a_time_to_come_back(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(
            shape, ("Modules:Auth:Passwords:Cost", "10"), ("Modules:Auth:Passwords:Workers", "1"), ("Modules:Auth:Passwords:QueueLimit", "2"));
        var anna = await platform.AccountAsync("anna");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => anna.TryLoginAsync("anna")));

        Assert.Contains(answers, answer => answer.Succeeded);
        var refused = answers.Where(answer => !answer.Succeeded).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.Equal(TimeSpan.FromSeconds(5), answer.Expect(HttpStatusCode.ServiceUnavailable, "hashing-busy").RetryAfter()));
    }

    [Theory, InBothShapes]
    public async Task A_password_typed_into_the_name_field_is_not_written_down(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var stranger = platform.From("203.0.113.9");

        await stranger.TryLoginAsync("correct horse battery", "correct horse battery");
        await stranger.TryLoginAsync("nobody@space.example", "correct horse battery");

        Assert.Equal(
            ["", "nobody@space.example"],
            await platform.QueryAsync<string>("auth", "select username from auth_log where outcome = 'unknown_user' and address = '203.0.113.9' order by id"));
    }

    [Theory, InBothShapes]
    public async Task Sign_ins_are_counted_by_outcome(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var operatorOfTheMachine = platform.Somebody().At("auth");
        Assert.Contains("portico_auth_logins_total{otel_scope_name=\"portico.auth\",outcome=\"wrong_password\"} 0", (await operatorOfTheMachine.GetAsync("/metrics")).Body, StringComparison.Ordinal);
        var anna = await platform.AccountAsync();
        await anna.FailAsync(anna.Username, times: 2);
        (await (await anna.LoginAsync(anna.Username)).LogoutAsync()).Expect(HttpStatusCode.NoContent);

        var metrics = (await operatorOfTheMachine.GetAsync("/metrics")).Expect(HttpStatusCode.OK).Body;

        Assert.Contains("portico_auth_logins_total{otel_scope_name=\"portico.auth\",outcome=\"wrong_password\"} 2", metrics, StringComparison.Ordinal);
        Assert.Contains("portico_auth_logins_total{otel_scope_name=\"portico.auth\",outcome=\"ok\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("portico_auth_sessions_ended_total{otel_scope_name=\"portico.auth\",reason=\"logout\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("portico_auth_hashing_queue", metrics, StringComparison.Ordinal);
    }

    private static async Task<double> TookAsync(Func<Task> act)
    {
        var started = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
