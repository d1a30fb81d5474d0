using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Payments;

/// <summary>Teams whose people have a plan that one of the accounts pays for.</summary>
public sealed class TeamMembershipTests
{
    private static readonly DateTimeOffset Start = new(2027, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_team_is_charged_for_its_seats_once_a_period_and_its_people_have_the_plan(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.Clock.MoveTo(Start);
        var (admin, payer, crowd) = (await platform.AdminAsync(), await platform.BookerAsync(), await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => platform.BookerAsync())));
        await platform.AllToldAsync("auth");
        var (team, plan) = (await admin.AddTeamAsync(), await admin.AddPlanAsync(10));
        var (offer, without) = (await admin.OfferAsync(31, plan), await admin.OfferAsync(31));
        var memberships = $"/api/payments/teams/{team}/memberships";
        var membership = $"/api/payments/teams/{team}/membership";
        await admin.OfferedPassAsync(1, 25, atDoor: true);

        (await payer.PostAsync(memberships, new { offer_id = offer, payer_id = payer.Id, seats = 3 })).Expect(HttpStatusCode.Forbidden);
        (await admin.PostAsync($"/api/payments/teams/{Guid.CreateVersion7()}/memberships", new { offer_id = offer, payer_id = payer.Id, seats = 3 }))
            .Expect(HttpStatusCode.NotFound, "team-not-found");
        (await admin.PostAsync(memberships, new { offer_id = without, payer_id = payer.Id, seats = 3 })).Expect(HttpStatusCode.Conflict, "offer-without-plan");
        (await admin.AddToTeamAsync(team, crowd[0])).Expect(HttpStatusCode.NoContent);
        (await admin.AddToTeamAsync(team, crowd[1])).Expect(HttpStatusCode.NoContent);
        (await admin.PostAsync(memberships, new { offer_id = offer, payer_id = payer.Id, seats = 1 })).Expect(HttpStatusCode.Conflict, "seats-taken");

        // However often it is begun at once, it begins once; and of those who are added at once as many get in as there are seats.
        var begun = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => admin.PostAsync(memberships, new { offer_id = offer, payer_id = payer.Id, seats = 3 })));
        Assert.Single(begun, answer => answer.Status is HttpStatusCode.Created);
        Assert.All(begun.Where(answer => !answer.Succeeded), answer => answer.Expect(HttpStatusCode.Conflict, "membership-exists"));
        await platform.ToldAsync("payments", team);
        var added = await Task.WhenAll(crowd.Select(person => admin.AddToTeamAsync(team, person)));
        Assert.Equal(3, added.Count(answer => answer.Status is HttpStatusCode.NoContent));
        Assert.All(added.Where(answer => !answer.Succeeded), answer => answer.Expect(HttpStatusCode.Conflict, "no-seat-left"));
        Assert.Equal(93, await payer.FeesAsync());
        Assert.NotNull(await crowd[0].PlanAsync());
        Assert.Null(await payer.PlanAsync());
        Assert.Equal(3, (await payer.GetAsync("/api/payments/membership/teams")).Expect(HttpStatusCode.OK).Json[0].GetProperty("seats").GetInt32());

        // Who pays and is in no team has no plan; whom it is paid for has one. An own membership is another matter.
        await platform.AllToldAsync("bookings");
        foreach (var person in (Person[])[crowd[0], payer])
        {
            await platform.TellAsync("members", DayPassSteps.Visit(person.Id, Guid.CreateVersion7(), Start));
        }

        Assert.Equal(("plan", "door", 93 + 25m), ((await crowd[0].DaysAsync()).Single(), (await payer.DaysAsync()).Single(), await payer.FeesAsync()));
        (await payer.JoinAsync(without)).Expect(HttpStatusCode.Created);
        Assert.Equal("membership", (await RevisedAsync(payer)).Single());
        await payer.PaidByCardAsync();

        // Two seats more for the rest of the month, by days: 21 of 31.
        await platform.ComesAsync(Start.AddDays(10), [admin, payer, .. crowd]);
        (await admin.PostAsync($"{membership}/change", new { seats = 2 })).Expect(HttpStatusCode.Conflict, "seats-taken");
        (await admin.PostAsync($"{membership}/change", new { seats = 5 })).Expect(HttpStatusCode.OK);
        Assert.Equal(42, await payer.FeesAsync());
        await platform.ToldAsync("payments", team);
        var outside = crowd[added.ToList().FindIndex(answer => !answer.Succeeded)];
        (await admin.AddToTeamAsync(team, outside)).Expect(HttpStatusCode.NoContent);
        await payer.PaidByCardAsync();

        // A month later, by several runs at once: five seats, and the payer's own.
        await platform.ComesAsync(new(2027, 2, 1, 12, 0, 0, TimeSpan.Zero), [admin, payer, .. crowd]);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => platform.BillAsync()));
        Assert.Equal(155 + 31, await payer.FeesAsync());
        Assert.Equal(2, (await platform.QueryAsync<long>("payments", "select count(*) from membership_periods where membership_id = @Id", new { begun.Single(one => one.Succeeded).Id })).Single());
        await platform.ComesAsync(new(2027, 2, 16, 12, 0, 0, TimeSpan.Zero), [admin, payer, .. crowd]);
        await platform.BillAsync();
        await platform.ToldAsync("payments", team);
        Assert.Equal("suspended", (await admin.GetAsync(membership)).Expect(HttpStatusCode.OK)["membership"].GetProperty("status").GetString());
        Assert.Null(await outside.PlanAsync());
        await payer.PaidByCardAsync();
        await Eventually.TrueAsync(
            async () => (await admin.GetAsync(membership))["membership"].GetProperty("status").GetString() == "active" && await payer.StandingAsync() == "active",
            "paying does not reinstate both");
        await platform.ToldAsync("payments", team);
        Assert.NotNull(await outside.PlanAsync());

        (await admin.PostAsync($"{membership}/cancel")).Expect(HttpStatusCode.OK);
        await platform.ComesAsync(new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero), [admin, payer, .. crowd]);
        await platform.BillAsync();
        await platform.ToldAsync("payments", team);
        Assert.Equal(("ended", "active"), ((await admin.GetAsync(membership))["membership"].GetProperty("status").GetString(), await payer.StandingAsync()));
        Assert.Null(await outside.PlanAsync());
        Assert.Equal("memberships_team_live", await platform.RefusalAsync(
            """
            insert into memberships (id, member_id, offer_id, price, currency, status, anchor_day, period_start, period_end, started_at, team_id, team, seats)
            select gen_random_uuid(), member_id, offer_id, price, currency, 'active', anchor_day, period_start, period_end, started_at, team_id, team, seats
            from memberships, generate_series(1, 2) where team_id is not null
            """));
        await platform.BookAgreesAsync();
    }

    /// <summary>What covered the days, once Payments has looked at them again.</summary>
    private static async Task<IReadOnlyList<string>> RevisedAsync(Person member)
    {
        await member.Platform.ToldAsync("payments", member.Id);
        return await member.DaysAsync();
    }
}
