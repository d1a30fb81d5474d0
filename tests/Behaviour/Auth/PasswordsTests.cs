namespace Portico.Tests.Behaviour.Auth;

public sealed class PasswordsTests
{
    [Theory, InBothShapes]
    public async Task Changing_the_password_ends_the_other_sessions(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var anna = await platform.MemberAsync();
        var phone = await platform.Somebody().LoginAsync(anna.Username);

        (await anna.ChangePasswordAsync(AuthSteps.WrongPassword, AuthSteps.NewPassword)).Expect(HttpStatusCode.UnprocessableEntity, "wrong-password");
        (await anna.ChangePasswordAsync(AccountSteps.GoodPassword, "short")).Expect(HttpStatusCode.UnprocessableEntity, "password-too-short");
        (await anna.ChangePasswordAsync(AccountSteps.GoodPassword, AccountSteps.GoodPassword)).Expect(HttpStatusCode.UnprocessableEntity, "password-unchanged");
        await phone.IsInAsync();
        (await anna.ChangePasswordAsync(AccountSteps.GoodPassword, AuthSteps.NewPassword)).Expect(HttpStatusCode.NoContent);

        await phone.IsOutAsync();
        await anna.IsInAsync();
        (await platform.Somebody().TryLoginAsync(anna.Username)).Expect(HttpStatusCode.Unauthorized, "wrong-credentials");
        (await platform.Somebody().TryLoginAsync(anna.Username, AuthSteps.NewPassword)).Expect(HttpStatusCode.OK);
    }

    [Theory, InBothShapes]
    public async Task Of_two_changes_at_once_one_holds(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var anna = await platform.MemberAsync();
        var current = AccountSteps.GoodPassword;
        for (var round = 0; round < 20; round++)
        {
            string[] wanted = [$"a better password {round}", $"the best password {round}"];
            var answers = await Task.WhenAll(wanted.Select(password => anna.ChangePasswordAsync(current, password)));

            var winner = Assert.Single(Enumerable.Range(0, 2), nth => answers[nth].Succeeded);
            Assert.Equal("wrong-password", answers[1 - winner].Code);
            current = wanted[winner];
        }

        (await platform.Somebody().TryLoginAsync(anna.Username, current)).Expect(HttpStatusCode.OK);
    }

    [Theory, InBothShapes]
    public async Task Whoever_was_given_a_password_can_do_nothing_but_choose_their_own(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var admin = await platform.AdminAsync();
        var anna = await platform.MemberAsync();
        var given = (await admin.PostAsync($"/api/auth/admin/users/{anna.Id}/password")).Expect(HttpStatusCode.OK);
        Assert.True(given["must_change_password"].GetBoolean());
        await anna.IsOutAsync();

        await anna.LoginAsync(anna.Username, given.Text("one_time_password"));
        await anna.IsInAsync();
        (await anna.GetAsync("/api/members/profile")).Expect(HttpStatusCode.Forbidden, "password-change-required");
        (await anna.GetAsync("/api/members/events")).Expect(HttpStatusCode.Forbidden, "password-change-required");
        (await anna.GetAsync("/api/auth/sessions")).Expect(HttpStatusCode.Forbidden, "password-change-required");

        var fresh = (await anna.ChangePasswordAsync(given.Text("one_time_password"), AuthSteps.NewPassword)).Expect(HttpStatusCode.OK);
        (await anna.GetAsync("/api/members/profile")).Expect(HttpStatusCode.Forbidden, "password-change-required");
        anna.Token = fresh.Text("token");
        (await anna.GetAsync("/api/members/profile")).Expect(HttpStatusCode.OK);
        Assert.Contains("password_given ok", await platform.LogOfAsync(anna.Id));
    }

    [Theory, InBothShapes]
    public async Task A_link_to_a_new_password_is_good_once_and_lets_its_owner_back_in(Shape shape)
    {
        var mailbox = new Mailbox();
        await using var platform = await RunningPlatform.StartAsync(shape, AuthSteps.BehindAProxy, mailbox.Listen);
        var anna = await platform.AccountAsync("anna", "anna@space.example");
        await anna.LoginAsync("anna");
        await platform.From("203.0.113.9").FailAsync("anna", times: 5);

        (await platform.From("203.0.113.9").ForgetAsync("ANNA@space.example")).Expect(HttpStatusCode.Accepted);
        var token = await mailbox.TokenOfMailAsync(1);
        Assert.Equal("anna@space.example", mailbox.Mails[0].Email);
        platform.Logs.Secret(token);

        // A bad password does not use the link up.
        (await platform.Somebody().ResetAsync(token, "short")).Expect(HttpStatusCode.UnprocessableEntity, "password-too-short");
        (await platform.Somebody().ResetAsync(token)).Expect(HttpStatusCode.NoContent);
        (await platform.Somebody().ResetAsync(token, "yet another password")).Expect(HttpStatusCode.UnprocessableEntity, "reset-token-invalid");

        await anna.IsOutAsync();
        (await platform.From("203.0.113.9").TryLoginAsync("anna", AuthSteps.NewPassword)).Expect(HttpStatusCode.OK);
        (await platform.Somebody().TryLoginAsync("anna")).Expect(HttpStatusCode.Unauthorized, "wrong-credentials");
        Assert.Contains("password_reset ok", await platform.LogOfAsync(anna.Id));
    }

    [Theory, InBothShapes]
    public async Task Of_ten_who_use_one_link_at_once_one_sets_the_password(Shape shape)
    {
        var mailbox = new Mailbox();
        await using var platform = await RunningPlatform.StartAsync(
            shape, new(AuthSteps.BehindAProxy) { ["Modules:Auth:Throttle:NetworkFailures"] = "1000" }, mailbox.Listen);
        for (var round = 0; round < 20; round++)
        {
            var anna = await platform.AccountAsync(email: $"anna{round}@space.example");
            await platform.Somebody().ForgetAsync(anna.Username);
            var token = await mailbox.TokenOfMailAsync(round + 1);

            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(nth => platform.Somebody().ResetAsync(token, $"a better password {nth}")));

            var winner = Assert.Single(Enumerable.Range(0, 10), nth => answers[nth].Status == HttpStatusCode.NoContent);
            Assert.Equal(9, answers.Count(answer => answer.Code == "reset-token-invalid"));
            (await platform.Somebody().TryLoginAsync(anna.Username, $"a better password {winner}")).Expect(HttpStatusCode.OK);
        }
    }

    [Theory, InBothShapes]
    public async Task A_link_is_replaced_by_the_next_one_and_by_a_new_address_and_runs_out(Shape shape)
    {
        var mailbox = new Mailbox();
        await using var platform = await RunningPlatform.StartAsync(shape, AuthSteps.BehindAProxy, mailbox.Listen);
        var anna = await platform.AccountAsync("anna", "anna@space.example");
        await anna.LoginAsync("anna");

        await platform.Somebody().ForgetAsync("anna");
        await platform.Somebody().ForgetAsync("anna");
        var second = await mailbox.TokenOfMailAsync(2);
        (await platform.Somebody().ResetAsync(await mailbox.TokenOfMailAsync(1))).Expect(HttpStatusCode.UnprocessableEntity, "reset-token-invalid");

        (await anna.PatchAsync("/api/auth/me", new { email = "new@space.example", current_password = anna.Password })).Expect(HttpStatusCode.OK);
        (await platform.Somebody().ResetAsync(second)).Expect(HttpStatusCode.UnprocessableEntity, "reset-token-invalid");

        await platform.Somebody().ForgetAsync("anna");
        var third = await mailbox.TokenOfMailAsync(3);
        platform.Clock.Advance(TimeSpan.FromMinutes(30));
        (await platform.Somebody().ResetAsync(third)).Expect(HttpStatusCode.UnprocessableEntity, "reset-token-invalid");
        Assert.Equal("new@space.example", mailbox.Mails[2].Email);
    }

    [Theory, InBothShapes]
    public async Task Asking_for_a_link_tells_nothing_and_leaves_nothing_to_steal(Shape shape)
    {
        var mailbox = new Mailbox();
        await using var platform = await RunningPlatform.StartAsync(shape, AuthSteps.BehindAProxy, mailbox.Listen);
        await platform.AccountAsync("anna", "anna@space.example");
        await platform.AccountAsync("no-address");
        var suspended = await platform.AccountAsync("suspended", "suspended@space.example");
        await platform.ExecuteAsync("auth", "update accounts set status = 'suspended' where id = @Id", new { suspended.Id });

        foreach (var name in new[] { "nobody", "nobody@space.example", "no-address", "suspended", "anna" })
        {
            List<string> told = [];
            for (var request = 0; request < 6; request++)
            {
                told.Add((await platform.From("203.0.113.9").ForgetAsync(name)).Tells());
            }

            Assert.All(told.Take(5), answer => Assert.Equal("202", answer.Split(' ')[0]));
            Assert.StartsWith("429", told[5], StringComparison.Ordinal);
            Assert.Equal((await platform.Somebody().ForgetAsync("nobody-else")).Tells(), told[0]);
        }

        var newest = await mailbox.TokenOfMailAsync(5);
        Assert.All(mailbox.Mails, mail => Assert.Equal("anna@space.example", mail.Email));
        var hashes = await platform.QueryAsync<byte[]>("auth", "select token_hash from password_resets");
        Assert.Contains(hashes, hash => hash.AsSpan().SequenceEqual(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(newest))));
    }
}
