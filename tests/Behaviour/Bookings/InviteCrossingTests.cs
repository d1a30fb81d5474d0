using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>An invite is redeemed while what Auth and Bookings say to each other is still on its way.</summary>
public sealed class InviteCrossingTests
{
    [Theory, InBothShapes]
    public async Task A_demotion_from_before_takes_the_old_duty_and_leaves_the_new_one(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.ManagerAsync());
        var (old, both, fresh) = (await admin.AddLocationAsync(), await admin.AddLocationAsync(), await admin.AddLocationAsync());
        await admin.AppointAsync(old, anna, "manager");
        await admin.AppointAsync(both, anna, "manager");
        await platform.HoldFactsAsync("auth");
        Assert.True((await admin.PutAsync($"/api/auth/admin/users/{anna.Id}/role", new { role = "member" })).Succeeded);
        foreach (var location in (Guid[])[both, fresh])
        {
            await anna.LoginAsync(anna.Username);
            (await anna.RedeemAsync((await admin.InviteAsync(location)).Text("code"))).Expect(HttpStatusCode.OK);
            await platform.ToldAsync("bookings", anna.Id);
        }

        Assert.Equal("manager", await platform.RoleOfAsync(anna));
        Assert.Equal([anna.Id], await platform.StaffAsync(old));

        await platform.LetFactsGoAsync("auth");
        await platform.ToldAsync("auth", anna.Id);
        Assert.Empty(await platform.StaffAsync(old));
        Assert.Equal([anna.Id], await platform.StaffAsync(both));
        Assert.Equal([anna.Id], await platform.StaffAsync(fresh));

        // A demotion from after takes all.
        Assert.True((await admin.PutAsync($"/api/auth/admin/users/{anna.Id}/role", new { role = "member" })).Succeeded);
        await platform.ToldAsync("auth", anna.Id);
        Assert.Empty(await platform.StaffAsync(both));
        Assert.Empty(await platform.StaffAsync(fresh));
    }

    [Theory, InBothShapes]
    public async Task Whoever_was_suspended_meanwhile_gets_nothing_and_keeps_nothing_for_later(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var here = await admin.AddLocationAsync();
        var invite = await admin.InviteAsync(here);
        await platform.HoldFactsAsync("bookings");
        (await anna.RedeemAsync(invite.Text("code"))).Expect(HttpStatusCode.OK);
        Assert.True((await admin.PostAsync($"/api/auth/admin/users/{anna.Id}/suspend", new { reason = "Who is that?" })).Succeeded);
        await platform.ToldAsync("auth", anna.Id);

        await platform.LetFactsGoAsync("bookings");
        await anna.AnsweredAsync();
        Assert.Equal("member", await platform.RoleOfAsync(anna));
        Assert.Empty(await platform.StaffAsync(here));
        var entry = (await admin.GetAsync($"/api/auth/admin/auth-logs?account_id={anna.Id}&action=role_change")).Expect(HttpStatusCode.OK)["items"][0];
        Assert.Equal(("suspended", $"manager by invite {invite.Id}"), (entry.Word("outcome"), entry.Word("detail")));

        // Pardoned, and made a manager for something else, she does not run what she never got.
        Assert.True((await admin.PostAsync($"/api/auth/admin/users/{anna.Id}/reinstate")).Succeeded);
        Assert.True((await admin.PutAsync($"/api/auth/admin/users/{anna.Id}/role", new { role = "manager" })).Succeeded);
        await platform.ToldAsync("auth", anna.Id);
        Assert.Empty(await platform.StaffAsync(here));
    }

    [Theory, InBothShapes]
    public async Task Whoever_was_deleted_meanwhile_gets_nothing_whichever_is_heard_first(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, bob) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var here = await admin.AddLocationAsync();
        foreach (var (person, late) in ((Person, string)[])[(anna, "bookings"), (bob, "auth")])
        {
            var code = (await admin.InviteAsync(here)).Text("code");
            await platform.HoldFactsAsync(late);
            (await person.RedeemAsync(code)).Expect(HttpStatusCode.OK);
            (await admin.DeleteAsync($"/api/auth/admin/users/{person.Id}")).Expect(HttpStatusCode.NoContent);
            await platform.LetFactsGoAsync(late);
            await person.AnsweredAsync();
            await platform.ToldAsync("auth", person.Id);
            Assert.Empty(await platform.StaffAsync(here));
        }
    }
}
