using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portico.Payments;
using Portico.Payments.Features.Memberships;
using Portico.Platform.Data;

namespace Portico.Tests.Behaviour.Payments;

/// <summary>Memberships that are paid with saved cards.</summary>
public sealed class CollectionTests
{
    private static readonly DateTimeOffset Start = new(2027, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory, InBothShapes]
    public async Task A_period_is_taken_from_the_card_or_tried_again_or_left_to_its_member(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Schedules:Enabled"] = "false" });
        platform.Clock.MoveTo(Start);
        var (admin, works, declined, asks, none) = (
            await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var everybody = new[] { admin, works, declined, asks, none };
        await works.SavesAsync();
        await declined.SavesAsync(CardSteps.DeclinedLater);
        await asks.SavesAsync(CardSteps.AsksAlways);
        await none.SavesAsync(forMemberships: false);
        var offer = await admin.OfferAsync(50);
        foreach (var member in everybody[1..])
        {
            (await member.JoinAsync(offer)).Expect(HttpStatusCode.Created);
        }

        await platform.BillAsync();
        await Eventually.TrueAsync(async () => await works.FeesAsync() == 0, "nothing is collected");
        Assert.Equal((1, "succeeded", null, false), (await CollectedAsync(works)).Single());
        var receipt = (await works.GetAsync("/api/payments/documents?kind=receipt")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Single();
        Assert.Equal(50, receipt.GetProperty("total").GetDecimal());
        await ComesToAsync(declined, (1, "canceled", "generic_decline", false));
        await ComesToAsync(asks, (1, "canceled", "authentication_required", true));
        await platform.BillAsync();
        Assert.Equal((1, 1, 0), ((await CollectedAsync(declined)).Count, (await CollectedAsync(asks)).Count, (await CollectedAsync(none)).Count));

        // With the first reminder once more, and only then it is told. A bank that asks would ask again.
        await platform.ComesAsync(Start.AddDays(3), everybody);
        await platform.BillAsync();
        await ComesToAsync(declined, (2, "canceled", "generic_decline", false));
        await platform.BillAsync();
        Assert.Equal(("past_due", "past_due"), (await declined.StandingAsync(), await asks.StandingAsync()));
        Assert.Equal((2, 1), ((await CollectedAsync(declined)).Count, (await CollectedAsync(asks)).Count));
        await asks.PaidByCardAsync();
        // Another card that works, and the default goes with it.
        await declined.SavesAsync();
        await platform.ComesAsync(Start.AddDays(7), everybody);
        await platform.BillAsync();
        await ComesToAsync(declined, (3, "succeeded", null, false));
        await Eventually.TrueAsync(async () => await declined.StandingAsync() == "active", "paying does not reinstate");

        // Who removes the card is not charged any more.
        await platform.ComesAsync(Start.AddMonths(1), everybody);
        await platform.BillAsync();
        await ComesToAsync(declined, (1, "succeeded", null, false));
        await Eventually.TrueAsync(async () => await works.FeesAsync() == 0, "the second period is not collected");
        (await works.DeleteAsync($"{CardSteps.Cards}/{(await works.ListedCardsAsync()).Single().GetProperty("id").GetGuid()}")).Expect(HttpStatusCode.NoContent);
        await platform.ComesAsync(Start.AddMonths(2), everybody);
        await platform.BillAsync();
        Assert.Equal((50m, 2), (await works.FeesAsync(), (await CollectedAsync(works)).Count));
        await platform.BookAgreesAsync();
    }

    [Theory, MemberData(nameof(PaymentRaceTests.Rounds), MemberType = typeof(PaymentRaceTests))]
    public async Task However_many_runs_there_are_each_period_is_collected_once(Shape shape, int rounds)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Schedules:Enabled"] = "false" });
        platform.Clock.MoveTo(Start);
        await platform.StartAnotherAsync("payments");
        var admin = await platform.AdminAsync();
        var offer = await admin.OfferAsync(10);
        var members = await platform.MembersAsync(4);
        foreach (var member in members)
        {
            await member.SavesAsync();
            (await member.JoinAsync(offer)).Expect(HttpStatusCode.Created);
        }

        var processes = platform.Apps.Where(app => app.Services.GetService<ModuleDataSource<PaymentsModule>>() is not null).ToList();
        Assert.Equal(2, processes.Count);
        for (var round = 1; round <= rounds; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async turn =>
            {
                await using var scope = processes[turn % 2].Services.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<BillMemberships>().RunAsync(CancellationToken.None);
            }));
            await Eventually.TrueAsync(async () => await platform.HouseAsync("fees") == 0, "not all is collected");
            platform.Clock.Advance(TimeSpan.FromDays(31));
        }

        var (periods, collections, payments, charged) = (await platform.QueryAsync<(long, long, long, long)>(
            "payments",
            """
            select (select count(*) from membership_periods), (select count(*) from collections), (select count(*) from payments where status = 'succeeded'),
                   (select count(*) from sandbox_intents where status = 'succeeded')
            """)).Single();
        Assert.Equal((members.Count * rounds, periods, periods, periods), (periods, collections, payments, charged));
        Assert.Equal(10 * periods, await platform.HouseAsync("received"));
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task A_collection_whose_answers_are_lost_for_days_is_charged_once(Shape shape)
    {
        await using var stripe = await FakeStripe.StartAsync();
        await using var platform = await RunningPlatform.StartAsync(shape, new(stripe.Settings) { ["Schedules:Enabled"] = "false" });
        var (admin, anna, bruno) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var offer = await admin.OfferAsync(50);
        foreach (var (member, decline) in ((Person, string?)[])[(anna, null), (bruno, "insufficient_funds")])
        {
            var card = (await member.PostAsync(CardSteps.Cards, new { for_memberships = true })).Expect(HttpStatusCode.Created)["card"].GetProperty("id").GetGuid();
            stripe.Save(card, decline);
            platform.Clock.Advance(TimeSpan.FromMinutes(12));
            await member.SavedAsync(card);
        }

        (await anna.JoinAsync(offer)).Expect(HttpStatusCode.Created);
        // Neither the making of it nor the charge is answered, and Stripe forgets the keys each time.
        foreach (var step in (string[])["/payment_intents", "/confirm"])
        {
            stripe.LoseAnswers(3, step);
            await (step == "/confirm" ? Task.CompletedTask : platform.BillAsync());
            await Eventually.TrueAsync(
                () =>
                {
                    platform.Clock.Advance(TimeSpan.FromMinutes(1));
                    return Task.FromResult(stripe.HasLostAll);
                }, $"{step} is not asked for");
            stripe.ForgetKeys();
        }

        platform.Clock.Advance(TimeSpan.FromMinutes(10));
        await Eventually.TrueAsync(async () => await anna.FeesAsync() == 0, "it is not found out");
        Assert.Equal((1, 1), (stripe.Confirmed, stripe.All("payment_intent").Count(one => (string?)one["status"] == "succeeded")));

        (await bruno.JoinAsync(offer)).Expect(HttpStatusCode.Created);
        await platform.BillAsync();
        await ComesToAsync(bruno, (1, "canceled", "insufficient_funds", false));
        Assert.Equal((50m, 2), (await bruno.FeesAsync(), stripe.Confirmed));
        Assert.Empty(stripe.Complaints);
        await platform.BookAgreesAsync();
    }

    private static async Task<IReadOnlyList<(int Attempt, string? Status, string? Failure, bool PayByHand)>> CollectedAsync(Person member) =>
    [
        .. (await member.MembershipAsync())["collections"].EnumerateArray().Select(one => (
            one.GetProperty("attempt").GetInt32(), one.GetProperty("status").GetString(),
            one.GetProperty("failure").ValueKind is JsonValueKind.Null ? null : one.GetProperty("failure").GetString(), one.GetProperty("pay_by_hand").GetBoolean())),
    ];

    /// <summary>Until the last collection stands so.</summary>
    private static async Task ComesToAsync(Person member, (int, string?, string?, bool) last)
    {
        IReadOnlyList<(int, string?, string?, bool)> all = [];
        await Eventually.TrueAsync(
            async () =>
            {
                all = await CollectedAsync(member);
                return all.Count > 0 && all[0] == last;
            }, $"the last collection does not come to {last}");
    }
}
