namespace Portico.Tests.Behaviour.Bookings;

public sealed class PlanTests
{
    [Theory, InBothShapes]
    public async Task A_plan_gives_its_hours_every_month(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToMidMonth();
        var (admin, anna) = (await platform.AdminAsync(), await platform.BookerAsync());
        Assert.Equal([0, 0, 0], await anna.BalancesAsync());

        (await admin.GivePlanAsync(anna, await admin.AddPlanAsync(10, discount: 15, name: "Gold"))).Expect(HttpStatusCode.OK);
        var credits = await anna.CreditsAsync();
        Assert.Equal(("member", "Gold", 15m), (credits.Text("payer"), credits.Text("plan"), credits["discount_percent"].GetDecimal()));
        Assert.Equal([platform.Month(), platform.Month(1), platform.Month(2)], credits["months"].EnumerateArray().Select(month => month.GetProperty("month").GetString()));
        Assert.Equal([10, 10, 10], await anna.BalancesAsync());

        (await admin.AdjustAsync(anna, -2.5m, platform.Month(1))).Expect(HttpStatusCode.OK);
        Assert.Equal([10, 7.5m, 10], await anna.BalancesAsync());
        Assert.Equal(["adjustment", "grant"], (await anna.EntriesAsync()).Select(entry => entry.GetProperty("kind").GetString()));
        var newest = (await anna.GetAsync("/api/bookings/credits/entries?limit=1")).Expect(HttpStatusCode.OK);
        var older = (await admin.GetAsync($"/api/bookings/credits/members/{anna.Id}/entries?limit=1&after={newest.Text("next")}")).Expect(HttpStatusCode.OK);
        Assert.Equal((-2.5m, 10m), (newest["items"][0].GetProperty("hours").GetDecimal(), older["items"][0].GetProperty("hours").GetDecimal()));
        Assert.Null(older["next"].GetString());
        (await admin.DeleteAsync($"/api/bookings/members/{anna.Id}/plan")).Expect(HttpStatusCode.NoContent);
        (await admin.DeleteAsync($"/api/bookings/members/{anna.Id}/plan")).Expect(HttpStatusCode.NotFound, "member-plan-not-found");
        Assert.Equal([0, 7.5m, 0], await anna.BalancesAsync());
    }

    [Fact]
    public async Task What_a_plan_has_given_stays_when_it_or_the_member_changes()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        platform.MoveToMidMonth();
        var (admin, anna) = (await platform.AdminAsync(), await platform.BookerAsync());
        var (small, large) = (await admin.AddPlanAsync(10), await admin.AddPlanAsync(20));
        await admin.GivePlanAsync(anna, small);
        (await admin.AdjustAsync(anna, -1)).Expect(HttpStatusCode.OK);

        (await admin.PatchAsync($"/api/bookings/plans/{small}", new { monthly_credit_hours = 4 })).Expect(HttpStatusCode.OK);
        Assert.Equal([9, 4, 4], await anna.BalancesAsync());
        await admin.GivePlanAsync(anna, large);
        Assert.Equal([29, 20, 20], await anna.BalancesAsync());
        (await admin.AdjustAsync(anna, -1)).Expect(HttpStatusCode.OK);
        await admin.GivePlanAsync(anna, small);
        (await admin.AdjustAsync(anna, -1)).Expect(HttpStatusCode.OK);
        Assert.Equal([27, 4, 4], await anna.BalancesAsync());
    }

    [Theory, InBothShapes]
    public async Task A_retired_plan_stays_with_those_who_have_it_and_goes_to_nobody_else(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, berta) = (await platform.AdminAsync(), await platform.BookerAsync(), await platform.BookerAsync());
        var plan = await admin.AddPlanAsync(10, name: "Gold");
        (await admin.PostAsync("/api/bookings/plans", new { name = "GOLD" })).Expect(HttpStatusCode.Conflict, "plan-name-taken");
        await admin.GivePlanAsync(anna, plan);
        (await admin.PostAsync($"/api/bookings/plans/{plan}/retire")).Expect(HttpStatusCode.OK);

        Assert.Equal("Gold", (await anna.CreditsAsync()).Text("plan"));
        (await admin.GivePlanAsync(berta, plan)).Expect(HttpStatusCode.Conflict, "plan-retired");
        (await admin.PostAsync("/api/bookings/teams", new { name = "Acme", plan_id = plan })).Expect(HttpStatusCode.Conflict, "plan-retired");
        (await admin.PutAsync($"/api/bookings/teams/{await admin.AddTeamAsync()}/plan", new { plan_id = plan })).Expect(HttpStatusCode.Conflict, "plan-retired");
        var next = await admin.AddPlanAsync(20, name: "Gold");
        Assert.Equal([next], (await admin.GetAsync("/api/bookings/plans")).Json.EnumerateArray().Select(one => one.GetProperty("id").GetGuid()));
        Assert.Equal(2, (await admin.GetAsync("/api/bookings/plans?retired=true")).Json.GetArrayLength());
        (await admin.PatchAsync($"/api/bookings/plans/{next}", new { name = "Platinum" })).Expect(HttpStatusCode.OK);
        Assert.Equal("Platinum", (await admin.GetAsync($"/api/bookings/plans/{next}")).Text("name"));
    }

    [Theory, InBothShapes]
    public async Task A_team_pays_for_its_members_while_they_are_in_it(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToMidMonth();
        var (admin, anna, berta) = (await platform.AdminAsync(), await platform.BookerAsync(), await platform.BookerAsync());
        await admin.GivePlanAsync(anna, await admin.AddPlanAsync(3));
        var (team, other) = (await admin.AddTeamAsync(await admin.AddPlanAsync(40)), await admin.AddTeamAsync());
        (await admin.AddToTeamAsync(team, anna)).Expect(HttpStatusCode.NoContent);
        (await admin.AddToTeamAsync(team, anna)).Expect(HttpStatusCode.NoContent);
        (await admin.AddToTeamAsync(team, berta)).Expect(HttpStatusCode.NoContent);
        (await admin.AddToTeamAsync(other, anna)).Expect(HttpStatusCode.Conflict, "in-another-team");

        var adjusted = (await admin.AdjustAsync(anna, -5)).Expect(HttpStatusCode.OK);
        Assert.Equal(("team", team, 35m), (adjusted.Text("payer"), adjusted["payer_id"].GetGuid(), adjusted["balance"].GetDecimal()));
        Assert.Equal([35, 40, 40], await berta.BalancesAsync());
        Assert.Equal(2, (await berta.EntriesAsync()).Count);

        (await admin.DeleteAsync($"/api/bookings/teams/{team}/plan")).Expect(HttpStatusCode.OK);
        Assert.Equal([35, 0, 0], await anna.BalancesAsync());
        (await admin.DeleteAsync($"/api/bookings/teams/{team}/members/{anna.Id}")).Expect(HttpStatusCode.NoContent);
        (await admin.DeleteAsync($"/api/bookings/teams/{team}/members/{anna.Id}")).Expect(HttpStatusCode.NotFound, "not-in-team");
        Assert.Equal([3, 3, 3], await anna.BalancesAsync());
        Assert.Empty(await anna.EntriesAsync());
        (await admin.AddToTeamAsync(other, anna)).Expect(HttpStatusCode.NoContent);
        Assert.Equal([0, 0, 0], await anna.BalancesAsync());
    }

    [Fact]
    public async Task Teams_are_listed_by_name_page_by_page_and_their_members_as_they_came()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var admin = await platform.AdminAsync();
        foreach (var name in (string[])["gamma", "Alpha", "beta\nwith a line"])
        {
            (await admin.PostAsync("/api/bookings/teams", new { name })).Expect(HttpStatusCode.Created);
        }

        List<string?> names = [];
        Guid last = default;
        for (var next = ""; next is not null;)
        {
            var page = (await admin.GetAsync($"/api/bookings/teams?limit=1&after={next}")).Expect(HttpStatusCode.OK);
            names.AddRange(page["items"].EnumerateArray().Select(team => team.GetProperty("name").GetString()));
            (next, last) = (page["next"].GetString(), page["items"][0].GetProperty("id").GetGuid());
        }

        Assert.Equal(["Alpha", "beta\nwith a line", "gamma"], names);
        (await admin.PatchAsync($"/api/bookings/teams/{last}", new { name = "ALPHA" })).Expect(HttpStatusCode.Conflict, "team-name-taken");
        (await admin.PatchAsync($"/api/bookings/teams/{last}", new { name = "Delta" })).Expect(HttpStatusCode.OK);
        List<Person> members = [await platform.BookerAsync(), await platform.BookerAsync(), await platform.BookerAsync()];
        members.Reverse();
        foreach (var member in members)
        {
            (await admin.AddToTeamAsync(last, member)).Expect(HttpStatusCode.NoContent);
        }

        var first = (await admin.GetAsync($"/api/bookings/teams/{last}/members?limit=2")).Expect(HttpStatusCode.OK);
        var rest = (await admin.GetAsync($"/api/bookings/teams/{last}/members?limit=2&after={first.Text("next")}")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            members.Select(member => member.Username),
            first["items"].EnumerateArray().Concat(rest["items"].EnumerateArray()).Select(member => member.GetProperty("username").GetString()!));
        Assert.Equal(3, (await admin.GetAsync($"/api/bookings/teams/{last}"))["members"].GetInt64());
    }

    [Theory, InBothShapes]
    public async Task Somebody_who_deletes_the_account_leaves_the_team(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.BookerAsync());
        var team = await admin.AddTeamAsync();
        await admin.AddToTeamAsync(team, anna);
        await admin.GivePlanAsync(anna, await admin.AddPlanAsync(3));
        (await admin.DeleteAsync($"/api/auth/admin/users/{anna.Id}")).Expect(HttpStatusCode.NoContent);
        await Eventually.TrueAsync(
            async () => (await admin.GetAsync($"/api/bookings/teams/{team}"))["members"].GetInt64() == 0, "the deleted account stays in the team");
        (await admin.AddToTeamAsync(team, anna)).Expect(HttpStatusCode.NotFound, "member-not-found");
        (await admin.GivePlanAsync(anna, await admin.AddPlanAsync(3))).Expect(HttpStatusCode.NotFound, "member-not-found");
    }

    [Fact]
    public async Task Only_administrators_give_and_what_is_not_there_or_makes_no_sense_is_refused()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var (admin, manager, anna) = (await platform.AdminAsync(), await platform.ManagerAsync(), await platform.BookerAsync());
        var (plan, team, nobody) = (await admin.AddPlanAsync(10), await admin.AddTeamAsync(), Guid.CreateVersion7());
        foreach (var other in (Person[])[anna, manager])
        {
            (await other.PostAsync("/api/bookings/plans", new { name = "Mine" })).Expect(HttpStatusCode.Forbidden);
            (await other.GivePlanAsync(anna, plan)).Expect(HttpStatusCode.Forbidden);
            (await other.AddToTeamAsync(team, anna)).Expect(HttpStatusCode.Forbidden);
            (await other.AdjustAsync(anna, 10)).Expect(HttpStatusCode.Forbidden);
            (await other.GetAsync($"/api/bookings/credits/members/{anna.Id}")).Expect(HttpStatusCode.Forbidden);
        }

        (await admin.GivePlanAsync(anna, nobody)).Expect(HttpStatusCode.NotFound, "plan-not-found");
        (await admin.PutAsync($"/api/bookings/members/{nobody}/plan", new { plan_id = plan })).Expect(HttpStatusCode.NotFound, "member-not-found");
        (await admin.PutAsync($"/api/bookings/teams/{nobody}/plan", new { plan_id = plan })).Expect(HttpStatusCode.NotFound, "team-not-found");
        (await admin.AddToTeamAsync(nobody, anna)).Expect(HttpStatusCode.NotFound, "team-not-found");
        (await admin.GetAsync($"/api/bookings/credits/members/{nobody}")).Expect(HttpStatusCode.NotFound, "member-not-found");
        foreach (var wrong in (object[])
            [
                new { name = " " }, new { name = "A", discount_percent = 100.5 }, new { name = "A", discount_percent = 1.125 },
                new { name = "A", monthly_credit_hours = -1 }, new { name = "A", monthly_credit_hours = 10_001 }, new { name = new string('x', 101) },
            ])
        {
            (await admin.PostAsync("/api/bookings/plans", wrong)).Expect(HttpStatusCode.BadRequest, "invalid");
        }

        foreach (var wrong in (object[])
            [
                new { hours = 0, reason = "None" }, new { hours = 0.001, reason = "Little" }, new { hours = 10_001, reason = "Much" },
                new { hours = 1, reason = " " }, new { hours = 1, reason = "When", month = "2026-13" }, new { hours = 1, reason = "When", month = "" },
            ])
        {
            (await admin.PostAsync($"/api/bookings/credits/members/{anna.Id}", wrong)).Expect(HttpStatusCode.BadRequest, "invalid");
        }

        (await admin.PostAsync($"/api/bookings/credits/members/{anna.Id}", new { reason = "No hours" })).Expect(HttpStatusCode.BadRequest, "malformed-json");
        Assert.Empty(await anna.EntriesAsync());
    }
}
