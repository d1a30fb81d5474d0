namespace Portico.Tests.Behaviour.Payments;

/// <summary>What is owed is paid by card with the sandbox, whose webhooks come over HTTP.</summary>
public sealed class CardPaymentTests
{
    private const string Good = "4242424242424242";

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task What_is_owed_is_paid_by_card_once(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (anna, bruno) = (await platform.MemberAsync(), await platform.MemberAsync());
        var (first, second) = (await anna.OwesAsync(12.50m), await anna.OwesAsync(7.05m));

        var begun = (await anna.BeginAsync()).Expect(HttpStatusCode.Created);
        var payment = begun["payment"].GetProperty("id").GetGuid();
        Assert.Equal((19.55m, "EUR", "sandbox", "requires_payment_method"), (
            begun["payment"].GetProperty("amount").GetDecimal(), begun["payment"].GetProperty("currency").GetString(),
            begun["payment"].GetProperty("provider").GetString(), begun["payment"].GetProperty("status").GetString()));
        Assert.NotEmpty(begun.Text("client_secret"));
        // Again is the same; some of it is being paid already, and stays owed meanwhile.
        Assert.Equal(payment, (await anna.BeginAsync()).Expect(HttpStatusCode.OK)["payment"].GetProperty("id").GetGuid());
        (await anna.BeginAsync(null, first)).Expect(HttpStatusCode.Conflict, "payment-under-way");
        (await anna.CallOffAsync(second)).Expect(HttpStatusCode.Conflict, "payment-under-way");
        Assert.Equal(19.55m, await anna.OwedAsync());
        // Nobody else sees it or pays it.
        (await bruno.GetAsync($"{PaymentSteps.Payments}/{payment}")).Expect(HttpStatusCode.NotFound, "payment-not-found");
        (await bruno.GiveCardAsync(payment, Good)).Expect(HttpStatusCode.NotFound, "payment-not-found");
        (await bruno.PostAsync($"{PaymentSteps.Payments}/{payment}/cancel")).Expect(HttpStatusCode.NotFound, "payment-not-found");
        (await bruno.BeginAsync()).Expect(HttpStatusCode.Conflict, "nothing-owed");

        Assert.Equal("succeeded", (await anna.GiveCardAsync(payment, Good)).Expect(HttpStatusCode.OK).Text("status"));
        await anna.ComesToAsync(payment, "succeeded");
        Assert.Equal(0, await anna.OwedAsync());
        Assert.Equal(2, (await anna.ListedAsync("status=paid")).Count);
        (await anna.GiveCardAsync(payment, Good)).Expect(HttpStatusCode.Conflict, "payment-not-open");
        (await anna.PostAsync($"{PaymentSteps.Payments}/{payment}/cancel")).Expect(HttpStatusCode.Conflict, "payment-not-open");
        (await anna.BeginAsync()).Expect(HttpStatusCode.Conflict, "nothing-owed");
        Assert.Equal(1, (await anna.GetAsync(PaymentSteps.Payments)).Expect(HttpStatusCode.OK)["items"].GetArrayLength());
        Assert.Equal(19.55m, await platform.HouseAsync("received"));
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task A_card_that_is_declined_leaves_it_owed_and_another_may_be_given(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var anna = await platform.MemberAsync();
        await anna.OwesAsync(30);
        var payment = await anna.BegunAsync();
        foreach (var (card, why) in ((string, string)[])
            [
                ("4000000000000002", "generic_decline"), ("4000000000009995", "insufficient_funds"), ("4000000000000069", "expired_card"),
                ("4242424242424241", "incorrect_number"), ("4532015112830366", "test_mode_live_card"),
            ])
        {
            Assert.Equal(("requires_payment_method", why), Of(await anna.GiveCardAsync(payment, card)));
            await Eventually.TrueAsync(async () => (await anna.PaymentAsync(payment)).GetProperty("failure").GetString() == why, $"nobody hears of {why}");
        }

        Assert.Equal(30, await anna.OwedAsync());
        (await anna.GiveCardAsync(payment, Good)).Expect(HttpStatusCode.OK);
        await anna.ComesToAsync(payment, "succeeded");
        // Of a card that may be somebody's nothing is kept.
        Assert.Empty(await platform.QueryAsync<string>("payments", "select payload from sandbox_events where payload like '%4532%' union all select payload::text from provider_events where payload::text like '%4532%'"));
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task A_bank_that_asks_gets_an_answer(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var anna = await platform.MemberAsync();
        await anna.OwesAsync(30);
        var payment = await anna.BegunAsync();
        Assert.Equal(("requires_action", null), Of(await anna.GiveCardAsync(payment, "4000002760003184")));
        await anna.ComesToAsync(payment, "requires_action");
        Assert.Equal(("requires_payment_method", "payment_intent_authentication_failure"), Of(await AnswerAsync(anna, payment, false)));
        (await AnswerAsync(anna, payment, true)).Expect(HttpStatusCode.Conflict, "payment-not-open");
        Assert.Equal(("requires_action", null), Of(await anna.GiveCardAsync(payment, "4000008400001629")));
        Assert.Equal(("requires_payment_method", "card_declined"), Of(await AnswerAsync(anna, payment, true)));
        Assert.Equal(("requires_action", null), Of(await anna.GiveCardAsync(payment, "4000002760003184")));
        Assert.Equal(("succeeded", null), Of(await AnswerAsync(anna, payment, true)));
        await anna.ComesToAsync(payment, "succeeded");
        Assert.Equal(0, await anna.OwedAsync());
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task A_payment_is_called_off_and_what_staff_took_meanwhile_is_not_paid_twice(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        await platform.AllToldAsync("auth");
        await anna.OwesAsync(30);
        var first = await anna.BegunAsync();
        Assert.Equal("canceled", (await anna.PostAsync($"{PaymentSteps.Payments}/{first}/cancel")).Expect(HttpStatusCode.OK).Text("status"));
        (await anna.GiveCardAsync(first, Good)).Expect(HttpStatusCode.Conflict, "payment-not-open");
        Assert.Equal(30, await anna.OwedAsync());

        // The card is charged while the money lies on the desk: it goes back by itself.
        var second = await anna.BegunAsync();
        await platform.ExecuteAsync("payments", "update sandbox_intents set status = 'succeeded', card = 'visa' where payment_id = @second", new { second });
        (await admin.PostAsync($"/api/payments/members/{anna.Id}/transactions/pay", new { how = "Cash" })).Expect(HttpStatusCode.OK);
        await anna.ComesToAsync(second, "succeeded");
        await anna.RefundsComeToAsync(second, "succeeded");
        Assert.Equal((30m, 0m), (await platform.HouseAsync("received"), await platform.HouseAsync("unapplied")));
        await platform.BookAgreesAsync();
    }

    private static Task<Answer> AnswerAsync(Person member, Guid payment, bool accepted) =>
        member.PostAsync($"/api/payments/sandbox/{payment}/bank", new { accepted });

    private static (string Status, string? Failure) Of(Answer answer) =>
        (answer.Expect(HttpStatusCode.OK).Text("status"), answer["failure"].GetString());
}
