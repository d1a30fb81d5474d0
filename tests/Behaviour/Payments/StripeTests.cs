using System.Text.Json.Nodes;
using Portico.Payments.Features.Reconciliation;

namespace Portico.Tests.Behaviour.Payments;

/// <summary>Payments with Stripe, as far as its documentation tells it.</summary>
public sealed class StripeTests
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(6);

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_signed_webhook_settles_what_is_owed_once_however_often_it_comes(Shape shape)
    {
        await using var stripe = await FakeStripe.StartAsync();
        await using var platform = await RunningPlatform.StartAsync(shape, stripe.Settings);
        var anna = await platform.MemberAsync();
        await anna.OwesAsync(12.50m);
        var begun = (await anna.BeginAsync()).Expect(HttpStatusCode.Created);
        var payment = begun["payment"].GetProperty("id").GetGuid();
        Assert.Equal(("pi_secret", "pk_test_of_nobody"), (begun.Text("client_secret"), begun.Text("publishable_key")));
        Assert.Equal((1250L, "eur"), ((long)stripe.IntentOf(payment)["amount"]!, (string?)stripe.IntentOf(payment)["currency"]));

        var now = platform.Clock.GetUtcNow();
        var (body, signature) = FakeStripe.Event("payment_intent.succeeded", stripe.Charge(payment), now);
        foreach (var bad in (string[])
            [
                "", "t=1,v1=", FakeStripe.Event("x", [], now).Signature, FakeStripe.Event("payment_intent.succeeded", stripe.Charge(payment), now, secret: "whsec_other").Signature,
                signature.Replace("v1=", "v0=", StringComparison.Ordinal), signature.Replace("t=", "t=1", StringComparison.Ordinal),
            ])
        {
            (await FakeStripe.SendAsync(platform, body, bad)).Expect(HttpStatusCode.BadRequest, "signature-invalid");
        }

        var (late, lateSignature) = FakeStripe.Event("payment_intent.succeeded", stripe.Charge(payment), now.AddSeconds(-302));
        (await FakeStripe.SendAsync(platform, late, lateSignature)).Expect(HttpStatusCode.BadRequest, "signature-invalid");
        Assert.Equal(12.50m, await anna.OwedAsync());

        // A dispute that overtakes its payment comes again later.
        var (early, earlySignature) = FakeStripe.Event(
            "charge.dispute.created", new() { ["payment_intent"] = (string?)stripe.IntentOf(payment)["id"], ["status"] = "needs_response" }, now);
        (await FakeStripe.SendAsync(platform, early, earlySignature)).Expect(HttpStatusCode.ServiceUnavailable, "event-too-early");

        // A secret that is being replaced signs beside the new one.
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(turn => FakeStripe.SendAsync(platform, body, turn % 2 == 0 ? signature : $"{signature},v1={new string('0', 64)}")));
        Assert.All(answers, answer => answer.Expect(HttpStatusCode.OK));
        Assert.Equal(0, await anna.OwedAsync());
        Assert.Equal("succeeded", (await anna.PaymentAsync(payment)).GetProperty("status").GetString());
        (await FakeStripe.SendAsync(platform, early, earlySignature)).Expect(HttpStatusCode.OK);
        Assert.Equal("open", (await anna.PaymentAsync(payment)).GetProperty("dispute").GetString());
        // What comes late tells nothing new, and what nobody knows is kept.
        var declined = (JsonObject)stripe.IntentOf(payment).DeepClone();
        declined["status"] = "requires_payment_method";
        declined["last_payment_error"] = new JsonObject { ["decline_code"] = "lost_card" };
        foreach (var (type, about) in ((string, JsonObject)[])
            [
                ("payment_intent.payment_failed", declined), ("customer.created", new() { ["id"] = "cus_1" }),
                ("payment_intent.succeeded", new() { ["id"] = "pi_elsewhere", ["amount"] = 1, ["currency"] = "eur", ["status"] = "succeeded" }),
            ])
        {
            await FakeStripe.TellAsync(platform, type, about);
        }

        Assert.Equal(
            ["applied", "applied", "unchanged", "unknown_payment", "unknown_type"],
            (await platform.QueryAsync<string>("payments", "select outcome from provider_events order by outcome")));
        Assert.Equal(12.50m, await platform.HouseAsync("received"));
        Assert.Empty(stripe.Complaints);
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task A_payment_whose_answers_were_lost_is_asked_for_again_and_charged_once(Shape shape)
    {
        await using var stripe = await FakeStripe.StartAsync();
        await using var platform = await RunningPlatform.StartAsync(shape, stripe.Settings);
        var anna = await platform.MemberAsync();
        await anna.OwesAsync(40);
        stripe.LoseAnswers(3);
        (await anna.BeginAsync()).Expect(HttpStatusCode.ServiceUnavailable, "provider-away");
        var again = (await anna.BeginAsync()).Expect(HttpStatusCode.OK);
        var payment = again["payment"].GetProperty("id").GetGuid();
        Assert.Single(stripe.Objects);

        // Nobody tells that the card was charged: it is found out.
        stripe.Charge(payment);
        platform.Clock.Advance(AskAgain * 2);
        await anna.ComesToAsync(payment, "succeeded");
        Assert.Equal(0, await anna.OwedAsync());

        // The same of what goes back.
        var admin = await platform.AdminAsync();
        stripe.LoseAnswers(3);
        (await admin.RefundAsync(anna, payment, 15)).Expect(HttpStatusCode.Created);
        await Eventually.TrueAsync(() => Task.FromResult(stripe.HasLostAll), "no refund is asked for");
        stripe.ForgetKeys();
        platform.Clock.Advance(AskAgain);
        await anna.RefundsComeToAsync(payment, "pending");
        var refund = stripe.Objects.Values.Single(one => (string?)one["object"] == "refund");
        refund["status"] = "succeeded";
        await FakeStripe.TellAsync(platform, "refund.updated", refund);
        await anna.RefundsComeToAsync(payment, "succeeded");

        // Somebody gives the rest back at Stripe's own pages.
        await FakeStripe.TellAsync(
            platform, "refund.created",
            new() { ["id"] = "re_by_hand", ["amount"] = 2500, ["currency"] = "eur", ["status"] = "succeeded", ["payment_intent"] = (string?)stripe.IntentOf(payment)["id"] });
        await anna.RefundsComeToAsync(payment, "succeeded", "succeeded");
        Assert.Equal(0, await platform.HouseAsync("received"));
        Assert.Equal(2, stripe.Objects.Count);
        Assert.Empty(stripe.Complaints);
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task The_nightly_comparison_mends_what_it_can_and_shows_the_rest(Shape shape)
    {
        await using var stripe = await FakeStripe.StartAsync();
        await using var platform = await RunningPlatform.StartAsync(shape, new(stripe.Settings) { ["Schedules:Enabled"] = "false" });
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        List<Guid> payments = [];
        for (var at = 0; at < 4; at++)
        {
            payments.Add(await anna.BegunAsync(null, await anna.OwesAsync(10)));
        }

        stripe.Charge(payments[0]);
        stripe.Charge(payments[1])["amount"] = 900;
        stripe.Objects.TryRemove((string)stripe.IntentOf(payments[2])["id"]!, out _);
        stripe.Objects["pi_strange"] = new JsonObject
        {
            ["id"] = "pi_strange", ["object"] = "payment_intent", ["amount"] = 100, ["currency"] = "eur", ["status"] = "succeeded", ["metadata"] = new JsonObject(),
        };
        platform.Clock.Advance(TimeSpan.FromMinutes(11));
        await platform.RunPaymentsJobAsync<CompareWithProvider>();

        Assert.Equal("succeeded", (await anna.PaymentAsync(payments[0])).GetProperty("status").GetString());
        var found = (await admin.GetAsync("/api/payments/admin/differences")).Expect(HttpStatusCode.OK);
        Assert.Equal(4, found["compared"].GetInt32());
        Assert.Equal(
            ["other_amount", "unknown_here", "unknown_there"],
            found["differences"].EnumerateArray().Select(one => one.GetProperty("kind").GetString()!).Order());
        (await anna.GetAsync("/api/payments/admin/differences")).Expect(HttpStatusCode.Forbidden);

        // What is mended at the other end is gone the next time.
        stripe.Objects.TryRemove("pi_strange", out _);
        stripe.IntentOf(payments[1])["amount"] = 1000;
        await platform.RunPaymentsJobAsync<CompareWithProvider>();
        Assert.Equal("unknown_there", (await admin.GetAsync("/api/payments/admin/differences"))["differences"].EnumerateArray().Single().GetProperty("kind").GetString());

        // The same of what goes back: one that arrived, one that nobody here asked for, and one that is gone there.
        foreach (var amount in (decimal[])[4, 1])
        {
            (await admin.RefundAsync(anna, payments[0], amount)).Expect(HttpStatusCode.Created);
        }

        await anna.RefundsComeToAsync(payments[0], "pending", "pending");
        stripe.All("refund").Single(one => (long)one["amount"]! == 400)["status"] = "succeeded";
        stripe.Objects.TryRemove((string)stripe.All("refund").Single(one => (long)one["amount"]! == 100)["id"]!, out _);
        stripe.Objects["re_strange"] = new JsonObject
        {
            ["id"] = "re_strange", ["object"] = "refund", ["amount"] = 200, ["currency"] = "eur", ["status"] = "succeeded", ["payment_intent"] = "pi_strange",
        };
        platform.Clock.Advance(TimeSpan.FromMinutes(11));
        await platform.RunPaymentsJobAsync<CompareWithProvider>();
        await anna.RefundsComeToAsync(payments[0], "succeeded", "pending");
        Assert.Equal(
            ["unknown_here", "unknown_there", "unknown_there"],
            (await admin.GetAsync("/api/payments/admin/differences"))["differences"].EnumerateArray().Select(one => one.GetProperty("kind").GetString()!).Order());
        await platform.BookAgreesAsync();
    }
}
