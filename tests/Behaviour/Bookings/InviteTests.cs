using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class InviteTests
{
    private const string Invites = InviteSteps.Invites;

    [Theory, InBothShapes]
    public async Task Whoever_redeems_an_invite_manages_its_location(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, bob) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var (here, there) = (await admin.AddLocationAsync(), await admin.AddLocationAsync());
        var invite = await admin.InviteAsync(here);
        var code = invite.Text("code");
        Assert.Matches("^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$", code);

        // As somebody types it who has it on paper.
        var redeemed = (await anna.RedeemAsync(code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal).Replace('0', 'o'))).Expect(HttpStatusCode.OK);
        Assert.Equal(("manager", here), (redeemed.Text("role"), redeemed["location_id"].GetGuid()));
        await anna.AnsweredAsync();
        await Eventually.TrueAsync(async () => (await anna.GetAsync("/api/auth/me")).Code == "session-ended", "her sessions go on with the old role");

        await anna.LoginAsync(anna.Username);
        Assert.Equal("manager", (await anna.GetAsync("/api/auth/me")).Text("role"));
        (await anna.GetAsync($"/api/bookings/locations/{here}/staff")).Expect(HttpStatusCode.OK);
        (await anna.GetAsync($"/api/bookings/locations/{there}/staff")).Expect(HttpStatusCode.NotFound);
        await Eventually.TrueAsync(async () => (await anna.GetAsync($"/api/members/locations/{here}/visits")).Succeeded, "she does not see who is in");
        (await bob.RedeemAsync(code)).Expect(HttpStatusCode.Conflict, "invite-used");
        (await anna.RedeemAsync(code)).Expect(HttpStatusCode.Conflict, "invite-used");

        var entry = (await admin.GetAsync($"/api/auth/admin/auth-logs?account_id={anna.Id}&action=role_change")).Expect(HttpStatusCode.OK)["items"][0];
        Assert.Equal(("ok", $"manager by invite {invite.Id}", admin.Id), (entry.Word("outcome"), entry.Word("detail"), entry.GetProperty("actor_id").GetGuid()));
        var seen = (await admin.GetAsync(Invites)).Expect(HttpStatusCode.OK)["items"][0];
        Assert.Equal(("redeemed", anna.Id, here), (seen.Word("status"), seen.GetProperty("redeemed_by").GetGuid(), seen.GetProperty("location_id").GetGuid()));

        // From then on the duty is like any other.
        Assert.True((await admin.PutAsync($"/api/auth/admin/users/{anna.Id}/role", new { role = "member" })).Succeeded);
        await platform.ToldAsync("auth", anna.Id);
        Assert.Empty(await platform.StaffAsync(here));
    }

    [Theory, InBothShapes]
    public async Task An_invite_that_is_used_revoked_expired_or_nobodys_makes_nobody_a_manager(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, manager, kiosk) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.ManagerAsync(), await platform.KioskAsync());
        var (here, given) = (await admin.AddLocationAsync(), await admin.AddLocationAsync());
        var (revoked, expired, used, retired) = (await admin.InviteAsync(here), await admin.InviteAsync(here, 1), await admin.InviteAsync(here), await admin.InviteAsync(given));

        (await admin.DeleteAsync($"{Invites}/{revoked.Id}")).Expect(HttpStatusCode.NoContent);
        (await admin.DeleteAsync($"{Invites}/{revoked.Id}")).Expect(HttpStatusCode.NoContent);
        (await admin.DeleteAsync($"{Invites}/{VisitSteps.NewId()}")).Expect(HttpStatusCode.NotFound, "invite-unknown");
        (await anna.RedeemAsync(revoked.Text("code"))).Expect(HttpStatusCode.Gone, "invite-revoked");
        (await admin.PostAsync($"/api/bookings/locations/{given}/retire")).Expect(HttpStatusCode.OK);
        (await anna.RedeemAsync(retired.Text("code"))).Expect(HttpStatusCode.Conflict, "location-retired");
        (await admin.PostAsync(Invites, new { location_id = given })).Expect(HttpStatusCode.Conflict, "location-retired");
        (await admin.PostAsync(Invites, new { location_id = VisitSteps.NewId() })).Expect(HttpStatusCode.NotFound, "location-not-found");
        (await manager.RedeemAsync(used.Text("code"))).Expect(HttpStatusCode.OK);
        (await admin.DeleteAsync($"{Invites}/{used.Id}")).Expect(HttpStatusCode.Conflict, "invite-used");
        foreach (var code in (string[])["x", "0000-0000-0000-0000-0000-0000-0000", used.Text("code")[..^1], $"{revoked.Text("code")}0", "çççç-çççç-çççç-çççç-çççç-çççç-çççç"])
        {
            (await anna.RedeemAsync(code)).Expect(HttpStatusCode.NotFound, "invite-unknown");
        }

        (await kiosk.RedeemAsync(expired.Text("code"))).Expect(HttpStatusCode.Forbidden);
        (await platform.Somebody().RedeemAsync(expired.Text("code"))).Expect(HttpStatusCode.Unauthorized);
        (await manager.PostAsync(Invites, new { location_id = here })).Expect(HttpStatusCode.Forbidden);
        (await manager.GetAsync(Invites)).Expect(HttpStatusCode.Forbidden);
        (await admin.PostAsync(Invites, new { location_id = here, expires_in_days = 0 })).Expect(HttpStatusCode.BadRequest, "invalid");

        platform.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(["open", "revoked"], (await StatusesAsync(admin)).Where(status => status is not "redeemed").Distinct().Order());
        platform.Clock.Advance(TimeSpan.FromMinutes(61));
        await anna.LoginAsync(anna.Username);
        (await anna.RedeemAsync(expired.Text("code"))).Expect(HttpStatusCode.Gone, "invite-expired");
        Assert.Equal("member", await platform.RoleOfAsync(anna));
        Assert.Equal([manager.Id], await platform.StaffAsync(here));
        await admin.LoginAsync(admin.Username);
        Assert.Equal(["open", "redeemed", "expired", "revoked"], await StatusesAsync(admin));
    }

    [Theory, InBothShapes]
    public async Task A_code_is_told_once_and_kept_nowhere(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var admin = await platform.AdminAsync();
        var here = await admin.AddLocationAsync();
        // A key would have the answer stored, and the code in it.
        var codes = new List<string>();
        for (var nth = 0; nth < 2; nth++)
        {
            codes.Add((await admin.PostAsync(Invites, new { location_id = here, note = "For Anna" }, "one-invite")).Expect(HttpStatusCode.Created).Text("code"));
        }

        Assert.NotEqual(codes[0], codes[1]);
        Assert.DoesNotContain("code", (await admin.GetAsync(Invites)).Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        foreach (var table in await platform.QueryAsync<string>("bookings", "select tablename from pg_tables where schemaname = 'public'"))
        {
            var text = string.Join('\n', await platform.QueryAsync<string>("bookings", $"select t::text from {table} as t"));
            Assert.All(codes, code => Assert.DoesNotContain(code, text, StringComparison.OrdinalIgnoreCase));
            Assert.All(codes, code => Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), text, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory, InBothShapes]
    public async Task A_manager_and_an_administrator_stay_what_they_are(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, manager) = (await platform.AdminAsync(), await platform.ManagerAsync());
        var here = await admin.AddLocationAsync();
        foreach (var person in (Person[])[admin, manager])
        {
            (await person.RedeemAsync((await admin.InviteAsync(here)).Text("code"))).Expect(HttpStatusCode.OK);
            await person.AnsweredAsync();
            // Nothing changed, and so no session ended.
            (await person.GetAsync($"/api/bookings/locations/{here}/staff")).Expect(HttpStatusCode.OK);
        }

        Assert.Equal("admin", await platform.RoleOfAsync(admin));
        Assert.Equal("manager", await platform.RoleOfAsync(manager));
        Assert.Equal([admin.Id, manager.Id], (await platform.StaffAsync(here)).Order());
        Assert.Empty(await platform.QueryAsync<Guid>("bookings", "select invite_id from location_staff where invite_id is not null"));
    }

    private static async Task<IReadOnlyList<string?>> StatusesAsync(Person admin) =>
        [.. (await admin.GetAsync(Invites)).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Select(invite => invite.Word("status"))];
}
