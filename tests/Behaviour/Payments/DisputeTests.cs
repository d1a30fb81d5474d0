using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Payments;

/// <summary>Payments that a bank wants back. What it takes is gone once, whatever else was on its way.</summary>
public sealed class DisputeTests
{
    private const string DisputedCard = "4000000000000259";

    [Theory, InBothShapes]
    public async Task A_bank_takes_back_what_its_owner_disputes(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        foreach (var (won, stands, disputed) in ((bool, string, decimal)[])[(true, "won", 0), (false, "lost", 25)])
        {
            await anna.OwesAsync(25);
            var payment = await anna.PaidByCardAsync(card: DisputedCard);
            await anna.DisputeComesToAsync(payment, "open");
            (await anna.PostAsync($"/api/payments/admin/sandbox/{payment}/dispute", new { won })).Expect(HttpStatusCode.Forbidden);
            (await admin.RefundAsync(anna, payment)).Expect(HttpStatusCode.Conflict, "payment-disputed");
            await admin.DecideAsync(payment, won);
            await anna.DisputeComesToAsync(payment, stands);
            Assert.Equal(disputed, await platform.HouseAsync("disputed"));
            (await admin.RefundAsync(anna, payment)).Expect(
                won ? HttpStatusCode.Created : HttpStatusCode.UnprocessableEntity, won ? null : "refund-exceeds-payment");
            await anna.RefundsComeToAsync(payment, won ? ["succeeded"] : []);
        }

        // What was lost takes from its receipt, as what was given back does.
        var notes = (await anna.GetAsync("/api/payments/documents?kind=credit_note")).Expect(HttpStatusCode.OK)["items"].EnumerateArray();
        Assert.Equal([25m, 25m], notes.Select(note => note.GetProperty("total").GetDecimal()));
        Assert.Equal(0, await platform.HouseAsync("received"));
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task What_is_to_go_back_waits_for_the_bank_to_decide(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var admin = await platform.AdminAsync();
        foreach (var (won, becomes) in ((bool, string)[])[(true, "succeeded"), (false, "failed")])
        {
            var (anna, booking, price) = await platform.AwaitingMoneyAsync();
            var payment = await anna.PaidByCardAsync(booking, DisputedCard);
            await anna.BookingComesToAsync(booking, "confirmed");
            await anna.DisputeComesToAsync(payment, "open");
            (await anna.CancelAsync(booking)).Expect(HttpStatusCode.OK);
            await anna.RefundsComeToAsync(payment, "creating");
            await admin.DecideAsync(payment, won);
            await anna.RefundsComeToAsync(payment, becomes);
            Assert.Equal(won ? 0 : price, await platform.HouseAsync("disputed"));
            Assert.Equal(0, await platform.HouseAsync("received"));
        }

        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task What_was_on_its_way_already_is_not_taken_unless_it_does_not_arrive(Shape shape)
    {
        await using var stripe = await FakeStripe.StartAsync();
        await using var platform = await RunningPlatform.StartAsync(shape, stripe.Settings);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        foreach (var (arrives, disputed) in ((bool, decimal)[])[(true, 75), (false, 175)])
        {
            await anna.OwesAsync(30);
            await anna.OwesAsync(70);
            var payment = await anna.BegunAsync();
            await FakeStripe.TellAsync(platform, "payment_intent.succeeded", stripe.Charge(payment));
            (await admin.RefundAsync(anna, payment, 25)).Expect(HttpStatusCode.Created);
            await anna.RefundsComeToAsync(payment, "pending");
            await FakeStripe.TellAsync(platform, "charge.dispute.closed", new() { ["payment_intent"] = (string?)stripe.IntentOf(payment)["id"], ["status"] = "lost" });
            await platform.BookAgreesAsync();
            var refund = stripe.All("refund").Single(one => (string?)one["status"] == "pending");
            refund["status"] = arrives ? "succeeded" : "failed";
            await FakeStripe.TellAsync(platform, "refund.updated", refund);
            await anna.RefundsComeToAsync(payment, arrives ? "succeeded" : "failed");
            Assert.Equal((disputed, 0m), (await platform.HouseAsync("disputed"), await platform.HouseAsync("received")));
            (await admin.RefundAsync(anna, payment)).Expect(HttpStatusCode.UnprocessableEntity, "refund-exceeds-payment");
            Assert.Equal("payments_refunded", await platform.RefusalAsync(
                $"insert into refunds (id, payment_id, amount, status, reason, created_by, created_at) values (gen_random_uuid(), '{payment}', 0.01, 'creating', 'More', '{admin.Id}', now())"));
        }

        await platform.BookAgreesAsync();
    }
}
