using System.Text.Json;

namespace Portico.Tests.Behaviour.Auth;

public sealed class AdministratorsTests
{
    private const string Users = "/api/auth/admin/users";

    [Theory, InBothShapes]
    public async Task Two_administrators_who_demote_each_other_at_once_leave_one(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var (anna, bea) = (await platform.AdminAsync(), await platform.AdminAsync());
        for (var round = 0; round < 25; round++)
        {
            var answers = await Task.WhenAll(
                anna.PutAsync($"{Users}/{bea.Id}/role", new { role = "member" }),
                bea.PutAsync($"{Users}/{anna.Id}/role", new { role = "member" }));

            // The second is refused as the last one, or because its own token has just died.
            Assert.Single(answers, answer => answer.Succeeded);
            Assert.Contains(answers, answer => answer.Code is "last-admin" or "session-ended");
            Assert.Equal([1L], await platform.QueryAsync<long>("auth", "select count(*) from accounts where role = 'admin'"));

            await platform.ExecuteAsync("auth", "update accounts set role = 'admin'");
            await anna.LoginAsync(anna.Username);
            await bea.LoginAsync(bea.Username);
        }
    }

    [Theory, InBothShapes]
    public async Task Two_administrators_who_delete_or_suspend_each_other_at_once_leave_one(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        for (var round = 0; round < 20; round++)
        {
            await platform.ExecuteAsync("auth", "alter table accounts disable trigger user; update accounts set role = 'member'; alter table accounts enable trigger user");
            var (anna, bea) = (await platform.AdminAsync(), await platform.AdminAsync());

            var answers = await Task.WhenAll(
                anna.DeleteAsync($"{Users}/{bea.Id}"), bea.PostAsync($"{Users}/{anna.Id}/suspend", new { reason = "race" }));

            Assert.Single(answers, answer => answer.Succeeded);
            Assert.Contains(answers, answer => answer.Code is "last-admin" or "session-ended");
            Assert.Equal([1L], await platform.QueryAsync<long>("auth", "select count(*) from accounts where role = 'admin' and status = 'active'"));
        }
    }

    [Theory, InBothShapes]
    public async Task The_last_administrator_stays_one_however_the_id_is_written(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var admin = await platform.AdminAsync();
        foreach (var id in new[] { admin.Id.ToString(), admin.Id.ToString().ToUpperInvariant(), admin.Id.ToString("N"), admin.Id.ToString("B"), admin.Id.ToString("P") })
        {
            (await admin.PutAsync($"{Users}/{id}/role", new { role = "member" })).Expect(HttpStatusCode.Conflict, "last-admin");
            (await admin.PostAsync($"{Users}/{id}/suspend", new { reason = "by mistake" }, idempotencyKey: $"suspend-{id}")).Expect(HttpStatusCode.Conflict, "last-admin");
            (await admin.DeleteAsync($"{Users}/{id}")).Expect(HttpStatusCode.Conflict, "last-admin");
        }

        await admin.IsInAsync();
        Assert.Contains("role_change last_admin", await platform.LogOfAsync(admin.Id));
        Assert.Contains("suspend last_admin", await platform.LogOfAsync(admin.Id));
        Assert.Contains("delete last_admin", await platform.LogOfAsync(admin.Id));
    }

    [Theory, InBothShapes]
    public async Task A_new_role_ends_the_sessions_and_counts_from_the_next_sign_in(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());

        (await anna.GetAsync(Users)).Expect(HttpStatusCode.Forbidden, "forbidden");
        (await admin.PutAsync($"{Users}/{anna.Id}/role", new { role = "boss" })).Expect(HttpStatusCode.BadRequest, "invalid");
        var changed = (await admin.PutAsync($"{Users}/{anna.Id}/role", new { role = "admin" })).Expect(HttpStatusCode.OK);
        Assert.Equal("admin", changed.Text("role"));
        await anna.IsOutAsync();

        await anna.LoginAsync(anna.Username);
        (await anna.GetAsync(Users)).Expect(HttpStatusCode.OK);
        // The same once more changes nothing, and ends nothing.
        (await admin.PutAsync($"{Users}/{anna.Id}/role", new { role = "admin" })).Expect(HttpStatusCode.OK);
        await anna.IsInAsync();
        Assert.Single(await platform.LogOfAsync(anna.Id), entry => entry == "role_change ok");
    }

    [Theory, InBothShapes]
    public async Task A_suspended_account_is_out_until_it_is_reinstated(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var refreshToken = (await anna.LoginForLongAsync(anna.Username)).Text("refresh_token");

        var suspended = (await admin.PostAsync($"{Users}/{anna.Id}/suspend", new { reason = "does not pay" }, idempotencyKey: "suspend-anna")).Expect(HttpStatusCode.OK);
        Assert.Equal(("suspended", "does not pay"), (suspended.Text("status"), suspended.Text("status_reason")));
        await anna.IsOutAsync();
        (await platform.Somebody().TryLoginAsync(anna.Username)).Expect(HttpStatusCode.Forbidden, "account-suspended");
        (await platform.Somebody().RefreshAsync(refreshToken)).Expect(HttpStatusCode.Forbidden, "account-suspended");

        var back = (await admin.PostAsync($"{Users}/{anna.Id}/reinstate")).Expect(HttpStatusCode.OK);
        Assert.Equal("active", back.Text("status"));
        (await platform.Somebody().RefreshAsync(refreshToken)).Expect(HttpStatusCode.Unauthorized);
        await anna.LoginAsync(anna.Username);
        (await admin.PostAsync($"{Users}/{anna.Id}/sessions/end")).Expect(HttpStatusCode.OK);
        await anna.IsOutAsync();
    }

    [Theory, InBothShapes]
    public async Task A_deleted_account_leaves_no_name_behind(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var admin = await platform.AdminAsync();
        await platform.Somebody().TryLoginAsync("anna@space.example");
        var anna = await platform.AccountAsync("anna", "anna@space.example");
        await anna.LoginForLongAsync("anna");
        (await anna.PatchAsync("/api/auth/me", new { name = "Annalisa", surname = "Rossi" })).Expect(HttpStatusCode.OK);
        await platform.From("203.0.113.9").FailAsync("anna", times: 5);
        await platform.Somebody().ForgetAsync("anna");
        (await admin.PostAsync($"{Users}/{anna.Id}/suspend", new { reason = "Annalisa asked for it" })).Expect(HttpStatusCode.OK);

        (await admin.DeleteAsync($"{Users}/{anna.Id}")).Expect(HttpStatusCode.NoContent);

        await anna.IsOutAsync();
        foreach (var table in new[] { "accounts", "sessions", "auth_log", "login_failures", "password_resets", "refresh_tokens", "ended_sessions" })
        {
            Assert.All(
                await platform.QueryAsync<string>("auth", $"select row_to_json(row)::text from {table} as row"),
                row => Assert.False(row.Contains("anna", StringComparison.OrdinalIgnoreCase) || row.Contains("rossi", StringComparison.OrdinalIgnoreCase), $"{table}: {row}"));
        }

        Assert.Contains("delete ok", await platform.LogOfAsync(anna.Id));
        var shown = (await admin.GetAsync($"{Users}/{anna.Id}")).Expect(HttpStatusCode.OK)["user"];
        Assert.Equal(("deleted", $"deleted-{anna.Id.ToString("N")[^12..]}"), (shown.GetProperty("status").GetString(), shown.GetProperty("username").GetString()));
        (await admin.DeleteAsync($"{Users}/{anna.Id}")).Expect(HttpStatusCode.NotFound, "user-not-found");
        (await admin.PostAsync($"{Users}/{anna.Id}/reinstate")).Expect(HttpStatusCode.NotFound, "user-not-found");
        (await platform.Somebody().RegisterAsync("anna", email: "anna@space.example")).Expect(HttpStatusCode.Created);
    }

    [Theory, InBothShapes]
    public async Task Administrators_make_accounts_for_people_and_devices(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var admin = await platform.AdminAsync();

        var manager = (await admin.PostAsync(Users, new { username = "marta", role = "manager", name = "Marta", email = "marta@space.example" })).Expect(HttpStatusCode.Created);
        Assert.True(manager["must_change_password"].GetBoolean());
        var marta = await platform.Somebody().LoginAsync("marta", manager.Text("one_time_password"));
        (await marta.GetAsync("/api/members/profile")).Expect(HttpStatusCode.Forbidden, "password-change-required");

        var kiosk = (await admin.PostAsync(Users, new { username = "door", role = "kiosk", password = "the door is open" })).Expect(HttpStatusCode.Created);
        Assert.False(kiosk["must_change_password"].GetBoolean() || kiosk.Json.TryGetProperty("one_time_password", out _));
        var door = await platform.Somebody().LoginAsync("door", "the door is open");
        (await door.GetAsync("/api/auth/sessions")).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => (await door.GetAsync("/api/members/profile")).Succeeded, "the device has no profile");

        (await admin.PostAsync(Users, new { username = "Marta", role = "member" })).Expect(HttpStatusCode.Conflict, "username-taken");
        (await admin.PostAsync(Users, new { username = "other", role = "member", password = "password1" })).Expect(HttpStatusCode.UnprocessableEntity, "password-common");
        Assert.Equal(["register ok", "login ok"], await platform.LogOfAsync(manager.Id));
    }

    [Theory, InBothShapes]
    public async Task Accounts_are_found_by_what_is_known_of_them_page_by_page(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var admin = await platform.AdminAsync();
        for (var nth = 0; nth < 5; nth++)
        {
            await platform.AccountAsync($"Paolo-{nth}", $"p{nth}@space.example");
        }

        var others = await platform.AccountAsync("zoe");
        (await admin.DeleteAsync($"{Users}/{others.Id}")).Expect(HttpStatusCode.NoContent);

        List<string?> found = [];
        string? after = null;
        do
        {
            var page = (await admin.GetAsync($"{Users}?q=PAOLO&limit=2{(after is null ? "" : $"&after={after}")}")).Expect(HttpStatusCode.OK);
            var names = page["items"].EnumerateArray().Select(user => user.GetProperty("username").GetString()).ToList();
            Assert.InRange(names.Count, 1, 2);
            found.AddRange(names);
            after = page["next"].ValueKind == JsonValueKind.Null ? null : page.Text("next");
        }
        while (after is not null);

        Assert.Equal(["Paolo-0", "Paolo-1", "Paolo-2", "Paolo-3", "Paolo-4"], found);
        Assert.Equal([admin.Username], await NamesAsync("role=admin"));
        Assert.Equal(["Paolo-3"], await NamesAsync("q=p3@SPACE.example"));
        Assert.Empty(await NamesAsync("q=p%25"));
        Assert.Empty(await NamesAsync("status=suspended"));
        Assert.Single(await NamesAsync("status=deleted"));
        (await admin.GetAsync($"{Users}?status=gone")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.GetAsync($"{Users}?limit=0")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.GetAsync($"{Users}?after=nonsense")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.GetAsync($"{Users}/{Guid.CreateVersion7()}")).Expect(HttpStatusCode.NotFound, "user-not-found");

        async Task<IReadOnlyList<string?>> NamesAsync(string query) =>
            [.. (await admin.GetAsync($"{Users}?{query}")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Select(user => user.GetProperty("username").GetString())];
    }
}
