using Portico.Tests.Behaviour.Bookings;
using Portico.Tests.Behaviour.Host;
using Portico.Tests.Behaviour.Payments;

namespace Portico.Tests.Behaviour.Analytics;

public sealed class RevenueTests
{
    [Theory, InBothShapes]
    public async Task What_went_back_or_was_taken_is_not_earned(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var admin = await platform.AdminAsync();

        var (anna, booking, price) = await platform.AwaitingMoneyAsync();
        var paid = await PaidAsync(anna, booking, "4242424242424242");
        (await anna.CancelAsync(booking)).Expect(HttpStatusCode.OK);
        await anna.RefundsComeToAsync(paid, "succeeded");
        Assert.Equal((price, price), await anna.RevenueAsync());

        (var carla, booking, price) = await platform.AwaitingMoneyAsync();
        paid = await PaidAsync(carla, booking, "4000000000000259");
        await carla.DisputeComesToAsync(paid, "open");
        await admin.DecideAsync(paid, won: false);
        await carla.DisputeComesToAsync(paid, "lost");
        Assert.Equal((price, price), await carla.RevenueAsync());

        // The card is charged while the same money is taken at the desk: what goes back then was never earned.
        (var dora, booking, price) = await platform.AwaitingMoneyAsync();
        paid = await dora.BegunAsync(booking);
        await platform.ExecuteAsync("payments", "update sandbox_intents set status = 'succeeded', card = 'visa' where payment_id = @paid", new { paid });
        (await admin.PostAsync($"/api/payments/members/{dora.Id}/transactions/pay", new { how = "Cash" })).Expect(HttpStatusCode.OK);
        await dora.RefundsComeToAsync(paid, "succeeded");
        Assert.Equal((price, 0m), await dora.RevenueAsync());

        Assert.Equal((price * 3, price * 2), await admin.RevenueAsync());
        await platform.ModulesAgreeAsync();
    }

    [Theory, InBothShapes]
    public async Task What_comes_back_is_earned_again(Shape shape)
    {
        await using var stripe = await FakeStripe.StartAsync();
        await using var platform = await RunningPlatform.StartAsync(shape, new(BookingSteps.ByHand.Concat(stripe.Settings)));
        var (admin, (anna, booking, price)) = (await platform.AdminAsync(), await platform.AwaitingMoneyAsync());
        var payment = await anna.BegunAsync(booking);
        await FakeStripe.TellAsync(platform, "payment_intent.succeeded", stripe.Charge(payment));
        (await admin.RefundAsync(anna, payment, price - 1)).Expect(HttpStatusCode.Created);
        await anna.RefundsComeToAsync(payment, "pending");
        Assert.Equal((price, 0m), await anna.RevenueAsync());
        var refund = stripe.All("refund").Single();
        foreach (var (status, wentBack) in ((string, decimal)[])[("succeeded", price - 1), ("failed", 0)])
        {
            refund["status"] = status;
            await FakeStripe.TellAsync(platform, "refund.updated", refund);
            await anna.RefundsComeToAsync(payment, status);
            Assert.Equal((price, wentBack), await anna.RevenueAsync());
        }

        await platform.ModulesAgreeAsync();
    }

    private static async Task<Guid> PaidAsync(Person member, Guid booking, string card)
    {
        var payment = await member.PaidByCardAsync(booking, card);
        await member.BookingComesToAsync(booking, "confirmed");
        return payment;
    }
}
