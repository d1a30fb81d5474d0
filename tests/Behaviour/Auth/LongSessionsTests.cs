namespace Portico.Tests.Behaviour.Auth;

[Trait("Category", "Proof")]
public sealed class LongSessionsTests
{
    [Theory, InBothShapes]
    public async Task A_refresh_token_is_good_once_and_gives_the_next_one(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var anna = await platform.MemberAsync();
        var refreshToken = (await anna.LoginForLongAsync(anna.Username)).Text("refresh_token");

        for (var day = 0; day < 3; day++)
        {
            platform.Clock.Advance(TimeSpan.FromHours(25));
            (await anna.GetAsync("/api/auth/me")).Expect(HttpStatusCode.Unauthorized, "token-expired");
            anna.Token = null;
            var answer = (await anna.RefreshAsync(refreshToken)).Expect(HttpStatusCode.OK);
            (anna.Token, refreshToken) = (answer.Text("token"), answer.Text("refresh_token"));
            await anna.IsInAsync();
        }
    }

    [Theory, InBothShapes]
    public async Task A_replayed_refresh_token_ends_the_session_and_is_written_down(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var anna = await platform.MemberAsync();
        var first = (await anna.LoginForLongAsync(anna.Username)).Text("refresh_token");
        var other = platform.Somebody();
        var otherRefresh = (await other.LoginForLongAsync(anna.Username)).Text("refresh_token");
        var second = (await anna.RefreshAsync(first)).Expect(HttpStatusCode.OK);
        anna.Token = second.Text("token");

        (await platform.Somebody().RefreshAsync(first)).Expect(HttpStatusCode.Unauthorized, "refresh-token-replayed");

        await anna.IsOutAsync();
        (await platform.Somebody().RefreshAsync(second.Text("refresh_token"))).Expect(HttpStatusCode.Unauthorized, "session-ended");
        Assert.Contains("refresh replayed", await platform.LogOfAsync(anna.Id));
        await other.IsInAsync();
        (await platform.Somebody().RefreshAsync(otherRefresh)).Expect(HttpStatusCode.OK);
    }

    [Theory, InBothShapes]
    public async Task Of_two_who_use_one_refresh_token_at_once_one_succeeds_at_the_most_and_the_session_is_over(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var anna = await platform.MemberAsync();
        for (var round = 0; round < 25; round++)
        {
            var token = (await anna.LoginForLongAsync(anna.Username)).Text("refresh_token");

            var answers = await Task.WhenAll(platform.Somebody().RefreshAsync(token), platform.Somebody().RefreshAsync(token));

            Assert.InRange(answers.Count(answer => answer.Succeeded), 0, 1);
            Assert.Contains(answers, answer => answer.Code == "refresh-token-replayed");
            await anna.IsOutAsync();
            foreach (var winner in answers.Where(answer => answer.Succeeded))
            {
                (await platform.Somebody().RefreshAsync(winner.Text("refresh_token"))).Expect(HttpStatusCode.Unauthorized, "session-ended");
                var holder = platform.Somebody();
                holder.Token = winner.Text("token");
                await holder.IsOutAsync();
            }
        }
    }

    [Theory, InBothShapes]
    public async Task Refreshing_and_logging_out_at_once_leaves_nobody_in_and_nothing_stuck(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var anna = await platform.MemberAsync();
        for (var round = 0; round < 20; round++)
        {
            var token = (await anna.LoginForLongAsync(anna.Username)).Text("refresh_token");

            var logout = anna.DeleteAsync("/api/auth/sessions");
            var refresh = await platform.Somebody().RefreshAsync(token);
            (await logout).Expect(HttpStatusCode.NoContent);

            Assert.True(refresh.Succeeded || refresh.Code == "session-ended", refresh.ToString());
            Assert.Equal([0L], await platform.QueryAsync<long>(
                "auth", "select count(*) from sessions where account_id = @Id and ended_at is null", new { anna.Id }));
        }
    }

    [Theory, InBothShapes]
    public async Task A_long_session_ends_for_good_when_its_time_is_over(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape, ("Modules:Auth:SessionLifetime", "2.00:00:00"));
        var anna = await platform.MemberAsync();
        var begun = await anna.LoginForLongAsync(anna.Username);
        var ends = begun["refresh_expires_at"].GetDateTimeOffset();

        platform.Clock.Advance(TimeSpan.FromHours(47));
        anna.Token = null;
        var last = (await anna.RefreshAsync(begun.Text("refresh_token"))).Expect(HttpStatusCode.OK);
        Assert.InRange(last["expires_at"].GetDateTimeOffset(), ends - TimeSpan.FromSeconds(1), ends);

        platform.Clock.Advance(TimeSpan.FromHours(1));
        (await platform.Somebody().RefreshAsync(last.Text("refresh_token"))).Expect(HttpStatusCode.Unauthorized, "session-ended");
    }

    [Theory, InBothShapes]
    public async Task Refreshing_reads_the_role_and_the_status_anew(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var anna = await platform.MemberAsync();
        var token = (await anna.LoginForLongAsync(anna.Username)).Text("refresh_token");

        await platform.ExecuteAsync("auth", "update accounts set role = 'manager' where id = @Id", new { anna.Id });
        var asManager = (await anna.RefreshAsync(token)).Expect(HttpStatusCode.OK);
        Assert.Equal("manager", asManager.Text("role"));

        await platform.ExecuteAsync("auth", "update accounts set status = 'suspended' where id = @Id", new { anna.Id });
        (await anna.RefreshAsync(asManager.Text("refresh_token"))).Expect(HttpStatusCode.Forbidden, "account-suspended");
    }

    [Theory, InBothShapes]
    public async Task Refresh_tokens_are_not_to_be_found_in_the_database(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var anna = await platform.MemberAsync();
        var token = (await anna.LoginForLongAsync(anna.Username)).Text("refresh_token");

        var hash = Assert.Single(await platform.QueryAsync<byte[]>("auth", "select token_hash from refresh_tokens"));
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)), hash);
        (await anna.RefreshAsync("nonsense")).Expect(HttpStatusCode.Unauthorized, "refresh-token-invalid");
        (await anna.PostAsync("/api/auth/refresh")).Expect(HttpStatusCode.Unauthorized, "refresh-token-invalid");
    }
}
