using Microsoft.Extensions.DependencyInjection;
using Portico.Payments;
using Portico.Payments.Features.Memberships;
using Portico.Platform.Data;

namespace Portico.Tests.Behaviour.Payments;

/// <summary>Members who change from a dear membership to a cheap one, and leave.</summary>
public sealed class LeftOverTests
{
    private static readonly DateTimeOffset Start = new(2027, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory, InBothShapes]
    public async Task What_is_left_over_goes_back_once_to_where_it_came_from(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Schedules:Enabled"] = "false" });
        platform.Clock.MoveTo(Start);
        await platform.StartAnotherAsync("payments");
        var (admin, card, desk, nothing, underWay, gone, disputed) = (
            await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync(), await platform.MemberAsync(), await platform.MemberAsync(),
            await platform.MemberAsync(), await platform.MemberAsync());
        var everybody = new[] { admin, card, desk, nothing, underWay, gone, disputed };
        var (large, small) = (await admin.OfferAsync(310), await admin.OfferAsync(31));
        foreach (var member in everybody[1..])
        {
            (await member.JoinAsync(large)).Expect(HttpStatusCode.Created);
        }

        // Not the fee alone: what goes back is of the fee all the same.
        await card.OwesAsync(40);
        var (paid, theirs, disputable) = (await card.PaidByCardAsync(), await gone.PaidByCardAsync(), await disputed.PaidByCardAsync(card: "4000000000000259"));
        (await admin.PostAsync($"/api/payments/members/{desk.Id}/transactions/pay", new { how = "Cash" })).Expect(HttpStatusCode.OK);
        await platform.ComesAsync(Start.AddDays(10), everybody);
        foreach (var member in everybody[1..])
        {
            // 21 of 31 days of 310, less as many of 31.
            Assert.Equal(189, (await member.SwapAsync(small)).Expect(HttpStatusCode.OK)["credit"].GetDecimal());
            (await member.PostAsync($"{MembershipSteps.Membership}/cancel")).Expect(HttpStatusCode.OK);
        }

        (await admin.DeleteAsync($"/api/auth/admin/users/{gone.Id}")).Expect(HttpStatusCode.NoContent);
        await platform.ComesAsync(Start.AddDays(31), [.. everybody.Except([gone])]);
        var begun = await underWay.BegunAsync();
        await BillAtOnceAsync(platform);
        await platform.BillAsync();

        await card.RefundsComeToAsync(paid, "succeeded");
        Assert.Equal((189m, 0m), ((await card.PaymentAsync(paid)).GetProperty("refunded").GetDecimal(), await LeftOverAsync(card)));
        var note = (await card.GetAsync("/api/payments/documents?kind=credit_note")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Single();
        Assert.Equal((189m, 22m), (note.GetProperty("total").GetDecimal(), note.GetProperty("lines")[0].GetProperty("tax_percent").GetDecimal()));
        // What staff took they hand out.
        var waiting = (await admin.GetAsync("/api/payments/admin/refunds?status=pending")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Single();
        Assert.Equal((desk.Id, 189m), (waiting.GetProperty("user_id").GetGuid(), waiting.GetProperty("amount").GetDecimal()));
        (await admin.PostAsync($"/api/payments/admin/refunds/{waiting.GetProperty("id").GetGuid()}/handed-out")).Expect(HttpStatusCode.OK);
        // Who has paid nothing gets nothing, and owes less.
        Assert.Equal((121m, 0m), (await nothing.FeesAsync(), await LeftOverAsync(nothing)));
        Assert.Equal(189, (await platform.QueryAsync<decimal>("payments", "select refunded from payments where id = @theirs", new { theirs })).Single());

        // What is being paid or disputed is waited for.
        Assert.Equal((310m, 189m, 189m), (await underWay.FeesAsync(), await LeftOverAsync(underWay), await LeftOverAsync(disputed)));
        (await underWay.GiveCardAsync(begun, "4242424242424242")).Expect(HttpStatusCode.OK);
        await underWay.ComesToAsync(begun, "succeeded");
        (await admin.PostAsync($"/api/payments/admin/sandbox/{disputable}/dispute", new { won = false })).Expect(HttpStatusCode.NoContent);
        await Eventually.TrueAsync(
            async () => (await disputed.PaymentAsync(disputable)).GetProperty("dispute").GetString() == "lost", "the dispute is not lost");
        await BillAtOnceAsync(platform);
        await underWay.RefundsComeToAsync(begun, "succeeded");
        await disputed.RefundsComeToAsync(disputable);
        Assert.Equal((0m, 0m), (await LeftOverAsync(underWay), await LeftOverAsync(disputed)));

        Assert.Equal(189m * 4, (await platform.QueryAsync<decimal>("payments", "select sum(amount) from refunds")).Single());
        Assert.Equal("memberships_end_once", await platform.RefusalAsync("update memberships set left_over = 1 where status = 'ended'"));
        await platform.BookAgreesAsync();
    }

    /// <summary>Eight runs at once, in two processes.</summary>
    private static async Task BillAtOnceAsync(RunningPlatform platform)
    {
        var processes = platform.Apps.Where(app => app.Services.GetService<ModuleDataSource<PaymentsModule>>() is not null).ToList();
        Assert.Equal(2, processes.Count);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async turn =>
        {
            await using var scope = processes[turn % 2].Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<BillMemberships>().RunAsync(CancellationToken.None);
        }));
    }

    private static async Task<decimal> LeftOverAsync(Person member)
    {
        var membership = (await member.MembershipAsync())["membership"];
        Assert.Equal(("ended", 0m), (membership.GetProperty("status").GetString(), membership.GetProperty("credit").GetDecimal()));
        return membership.GetProperty("left_over").GetDecimal();
    }
}
