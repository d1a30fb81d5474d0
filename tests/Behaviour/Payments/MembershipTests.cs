using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Payments;

public sealed class MembershipTests
{
    // The 31st: what follows is a shorter month.
    private static readonly DateTimeOffset Start = new(2027, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory, InBothShapes]
    public async Task A_rate_of_tax_that_no_charge_could_have_is_refused_where_it_is_offered(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var (offer, pass) = (await admin.OfferAsync(93), await admin.OfferedPassAsync(1, 20));
        foreach (var rate in (decimal[])[22.1234m, 100.001m, -1m])
        {
            foreach (var (path, body) in ((string, object)[])
            [
                ("admin/offers", new { name = "Odd", price = 1, tax_percent = rate }),
                ("admin/day-passes/offers", new { name = "Odd", price = 1, days = 1, valid_days = 1, tax_percent = rate }),
                ($"members/{anna.Id}/transactions", new { amount = 1, description = "Odd", tax_percent = rate }),
            ])
            {
                Assert.Contains("tax_percent", (await admin.PostAsync($"/api/payments/{path}", body)).Expect(HttpStatusCode.BadRequest, "invalid")["errors"].GetRawText(), StringComparison.Ordinal);
            }

            foreach (var path in (string[])[$"admin/offers/{offer}", $"admin/day-passes/offers/{pass}"])
            {
                (await admin.PatchAsync($"/api/payments/{path}", new { tax_percent = rate })).Expect(HttpStatusCode.BadRequest, "invalid");
            }
        }

        (await admin.PatchAsync($"/api/payments/admin/offers/{offer}", new { tax_percent = 22.125 })).Expect(HttpStatusCode.OK);
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_month_is_charged_and_invoiced_reminded_of_suspended_and_paid(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.Clock.MoveTo(Start);
        var (admin, anna, bruno) = (await platform.AdminAsync(), await platform.BookerAsync(), await platform.MemberAsync());
        var plan = await admin.AddPlanAsync(10);
        var offer = await admin.OfferAsync(93, plan);

        (await anna.PostAsync("/api/payments/admin/offers", new { name = "Mine", price = 0 })).Expect(HttpStatusCode.Forbidden);
        (await bruno.GetAsync(MembershipSteps.Membership)).Expect(HttpStatusCode.NotFound, "membership-not-found");
        var begun = (await anna.JoinAsync(offer)).Expect(HttpStatusCode.Created);
        Assert.Equal(("active", "2027-01-31", "2027-02-28"), (begun.Text("status"), begun.Text("period_start"), begun.Text("period_end")));
        (await anna.JoinAsync(offer)).Expect(HttpStatusCode.Conflict, "membership-exists");
        Assert.NotNull(await anna.PlanAsync());
        // A fee does not count to what may be owed on account.
        await anna.OwesAsync(1000);
        Assert.Equal((93m, 1000m), (await anna.FeesAsync(), await anna.OwedAsync()));
        await anna.PaidByCardAsync();
        Assert.Equal((0m, 0m), (await anna.FeesAsync(), await anna.OwedAsync()));

        await platform.ComesAsync(Start.AddDays(27), anna);
        await platform.BillAsync();
        Assert.Single(await anna.PeriodsAsync());
        // Nobody was up for a month and a half: both periods are charged, each once.
        await platform.ComesAsync(new(2027, 4, 2, 12, 0, 0, TimeSpan.Zero), admin, anna);
        await platform.BillAsync();
        await platform.BillAsync();
        Assert.Equal(["2027-03-31", "2027-02-28", "2027-01-31"], await anna.PeriodsAsync());
        Assert.Equal((186m, "active"), (await anna.FeesAsync(), await anna.StandingAsync()));
        Assert.Equal(3, (await platform.QueryAsync<long>("payments", "select count(*) from documents where kind = 'invoice' and member_id = @Id", new { anna.Id })).Single());

        await platform.ComesAsync(new(2027, 4, 5, 12, 0, 0, TimeSpan.Zero), anna);
        await platform.BillAsync();
        await platform.BillAsync();
        Assert.Equal(("past_due", 2), (await anna.StandingAsync(), await RemindersAsync(platform, anna)));
        await platform.ComesAsync(new(2027, 4, 16, 12, 0, 0, TimeSpan.Zero), admin, anna);
        await platform.BillAsync();
        Assert.Equal("suspended", await anna.StandingAsync());
        Assert.Null(await anna.PlanAsync());
        (await anna.SwapAsync(offer)).Expect(HttpStatusCode.Conflict, "membership-not-open");

        await anna.PaidByCardAsync();
        await Eventually.TrueAsync(async () => await anna.StandingAsync() == "active", "paying does not reinstate");
        Assert.NotNull(await anna.PlanAsync());
        Assert.Equal("membership_periods_once", await platform.RefusalAsync(
            $"""
            insert into membership_periods (membership_id, period_start, period_end, offer_id, price, credit_used, charged_at)
            values ('{begun.Id}', '2027-04-10', '2027-05-10', '{offer}', 0, 0, now())
            """));
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task It_is_changed_by_days_rests_goes_on_and_ends_with_its_period(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.Clock.MoveTo(new(2027, 1, 1, 12, 0, 0, TimeSpan.Zero));
        var (admin, anna) = (await platform.AdminAsync(), await platform.BookerAsync());
        var (small, large, foreign) = (await admin.OfferAsync(31), await admin.OfferAsync(310, await admin.AddPlanAsync(20)), await admin.OfferAsync(50, null, "CHF"));
        (await anna.JoinAsync(small)).Expect(HttpStatusCode.Created);

        await platform.ComesAsync(new(2027, 1, 11, 12, 0, 0, TimeSpan.Zero), admin, anna);
        (await anna.SwapAsync(foreign)).Expect(HttpStatusCode.Conflict, "offer-in-other-currency");
        (await anna.SwapAsync(large)).Expect(HttpStatusCode.OK);
        // 21 of 31 days of 310, less as many of 31.
        Assert.Equal(31 + 210 - 21, await anna.FeesAsync());
        Assert.NotNull(await anna.PlanAsync());
        await platform.ComesAsync(new(2027, 1, 21, 12, 0, 0, TimeSpan.Zero), admin, anna);
        var cheaper = (await admin.PostAsync($"/api/payments/members/{anna.Id}/membership/change", new { offer_id = small })).Expect(HttpStatusCode.OK);
        Assert.Equal(110 - 11, cheaper["credit"].GetDecimal());
        Assert.Equal(220, await anna.FeesAsync());
        Assert.Null(await anna.PlanAsync());
        await anna.PaidByCardAsync();

        // What was left over pays for the next three months and some of the fourth.
        (await anna.PostAsync($"{MembershipSteps.Membership}/pause", new { months = 4 })).Expect(HttpStatusCode.BadRequest, "invalid");
        (await anna.PostAsync($"{MembershipSteps.Membership}/pause", new { months = 1 })).Expect(HttpStatusCode.OK);
        await platform.ComesAsync(new(2027, 2, 2, 12, 0, 0, TimeSpan.Zero), admin, anna);
        await platform.BillAsync();
        Assert.Equal(("paused", "2027-03-01"), (await anna.StandingAsync(), (await anna.MembershipAsync())["membership"].GetProperty("paused_until").GetString()));
        await platform.ComesAsync(new(2027, 5, 30, 12, 0, 0, TimeSpan.Zero), admin, anna);
        await platform.BillAsync();
        Assert.Equal(["2027-05-01", "2027-04-01", "2027-03-01", "2027-01-01"], await anna.PeriodsAsync());
        Assert.Equal((0m, 6m), (await anna.FeesAsync(), (await anna.MembershipAsync())["membership"].GetProperty("credit").GetDecimal()));

        (await anna.PostAsync($"{MembershipSteps.Membership}/cancel")).Expect(HttpStatusCode.OK);
        (await anna.PostAsync($"{MembershipSteps.Membership}/pause", new { months = 1 })).Expect(HttpStatusCode.Conflict, "membership-not-open");
        (await anna.PostAsync($"{MembershipSteps.Membership}/keep")).Expect(HttpStatusCode.OK);
        (await anna.PostAsync($"{MembershipSteps.Membership}/cancel")).Expect(HttpStatusCode.OK);
        await platform.ComesAsync(new(2027, 6, 1, 12, 0, 0, TimeSpan.Zero), admin, anna);
        (await anna.PostAsync($"{MembershipSteps.Membership}/keep")).Expect(HttpStatusCode.Conflict, "membership-not-open");
        await platform.BillAsync();
        Assert.Equal("ended", await anna.StandingAsync());
        (await anna.PostAsync($"{MembershipSteps.Membership}/resume")).Expect(HttpStatusCode.NotFound, "membership-not-found");
        (await anna.JoinAsync(large)).Expect(HttpStatusCode.Created);
        await platform.BookAgreesAsync();
    }

    private static async Task<int> RemindersAsync(RunningPlatform platform, Person member) => (await platform.QueryAsync<int>(
        "payments",
        "select coalesce(sum(reminders), 0)::int from membership_fees join memberships on memberships.id = membership_id where member_id = @Id", new { member.Id })).Single();
}
