using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Payments;

public sealed class CardTests
{
    private const string Mastercard = "5555555555554444";

    [Theory, InBothShapes]
    public async Task Cards_are_saved_alone_or_with_a_payment_chosen_and_removed(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, bruno) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var first = await anna.BeginsToSaveAsync(forMemberships: true);
        Assert.Empty(await anna.CardsAsync());
        (await anna.GiveToSaveAsync(first, "4000000000000002")).Expect(HttpStatusCode.OK).ExpectStatus("requires_payment_method");
        await Eventually.TrueAsync(
            async () => (await anna.GetAsync($"{CardSteps.Cards}/{first}")).Body.Contains("generic_decline", StringComparison.Ordinal), "nobody says why it was declined");
        (await anna.PostAsync($"{CardSteps.Cards}/{first}/default")).Expect(HttpStatusCode.Conflict, "card-not-saved");
        (await anna.GiveToSaveAsync(first, CardSteps.Works)).Expect(HttpStatusCode.OK).ExpectStatus("succeeded");
        await anna.SavedAsync(first);
        var shown = (await anna.ListedCardsAsync()).Single();
        Assert.Equal(
            ("visa", "4242", 2099, true),
            (shown.GetProperty("brand").GetString(), shown.GetProperty("last4").GetString(), shown.GetProperty("exp_year").GetInt32(), shown.GetProperty("is_default").GetBoolean()));
        // What is another's is not there.
        (await bruno.GetAsync($"{CardSteps.Cards}/{first}")).Expect(HttpStatusCode.NotFound, "card-not-found");
        (await bruno.PostAsync($"{CardSteps.Cards}/{first}/default")).Expect(HttpStatusCode.NotFound, "card-not-found");
        (await bruno.DeleteAsync($"{CardSteps.Cards}/{first}")).Expect(HttpStatusCode.NotFound, "card-not-found");
        (await bruno.GiveToSaveAsync(first, CardSteps.Works)).Expect(HttpStatusCode.NotFound, "card-not-found");

        // One whose bank asks, one that is kept with a payment, and one that is only paid with.
        var second = await anna.SavesAsync(CardSteps.AsksAlways, forMemberships: false);
        await anna.OwesAsync(12);
        var payment = (await anna.PostAsync(PaymentSteps.Payments, new { save_card = true })).Expect(HttpStatusCode.Created)["payment"].GetProperty("id").GetGuid();
        (await anna.GiveCardAsync(payment, Mastercard)).Expect(HttpStatusCode.OK);
        await anna.ComesToAsync(payment, "succeeded");
        await anna.OwesAsync(13);
        await anna.PaidByCardAsync();
        await Eventually.TrueAsync(async () => (await anna.CardsAsync()).Count == 3, "the card of the payment is not saved");
        Assert.Equal(["4242", "4444", "3184"], await anna.CardsAsync());

        var cards = (await anna.ListedCardsAsync()).Select(card => card.GetProperty("id").GetGuid()).ToList();
        var chosen = await Task.WhenAll(Enumerable.Range(0, 12).Select(turn => anna.PostAsync($"{CardSteps.Cards}/{cards[turn % 3]}/default")));
        Assert.All(chosen, answer => answer.Expect(HttpStatusCode.OK));
        Assert.Single(await anna.ListedCardsAsync(), card => card.GetProperty("is_default").GetBoolean());
        (await anna.PostAsync($"{CardSteps.Cards}/{second}/default")).Expect(HttpStatusCode.OK);
        Assert.Equal("3184", (await anna.CardsAsync())[0]);
        (await anna.DeleteAsync($"{CardSteps.Cards}/{second}/default")).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain(await anna.ListedCardsAsync(), card => card.GetProperty("is_default").GetBoolean());

        (await anna.DeleteAsync($"{CardSteps.Cards}/{second}")).Expect(HttpStatusCode.NoContent);
        (await anna.DeleteAsync($"{CardSteps.Cards}/{second}")).Expect(HttpStatusCode.NotFound, "card-not-found");
        Assert.Equal(2, (await anna.CardsAsync()).Count);
        await Eventually.TrueAsync(
            async () => (await platform.QueryAsync<long>("payments", "select count(*) from sandbox_cards where attached")).Single() == 2, "the provider keeps it");
        var begun = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => bruno.PostAsync(CardSteps.Cards)));
        Assert.Equal(10, begun.Count(answer => answer.Status is HttpStatusCode.Created));
        Assert.All(begun.Where(answer => !answer.Succeeded), answer => answer.Expect(HttpStatusCode.Conflict, "too-many-cards"));

        foreach (var table in new[] { "cards", "customers", "payments", "provider_events", "sandbox_cards", "sandbox_setups", "sandbox_intents", "sandbox_events" })
        {
            Assert.All(
                await platform.QueryAsync<string>("payments", $"select row_to_json(row)::text from {table} as row"),
                row => Assert.False(row.Contains(CardSteps.Works, StringComparison.Ordinal) || row.Contains(Mastercard, StringComparison.Ordinal), $"{table}: {row}"));
        }

        (await admin.DeleteAsync($"/api/auth/admin/users/{anna.Id}")).Expect(HttpStatusCode.NoContent);
        await Eventually.TrueAsync(
            async () => (await platform.QueryAsync<bool>(
                "payments",
                """
                select not exists (select from sandbox_customers where member_id = @Id) and not exists (select from cards where member_id = @Id and (status <> 'removed' or last4 is not null))
                    and exists (select from customers where member_id = @Id and gone_at is not null)
                """, new { anna.Id })).Single(), "cards outlive their owner");
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task With_Stripe_what_was_lost_is_asked_for_again(Shape shape)
    {
        await using var stripe = await FakeStripe.StartAsync();
        await using var platform = await RunningPlatform.StartAsync(shape, stripe.Settings);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        stripe.LoseAnswers(3);
        (await anna.PostAsync(CardSteps.Cards)).Expect(HttpStatusCode.ServiceUnavailable, "provider-away");
        var begun = (await anna.PostAsync(CardSteps.Cards)).Expect(HttpStatusCode.Created);
        Assert.Equal(("seti_secret", "pk_test_of_nobody"), (begun.Text("client_secret"), begun.Text("publishable_key")));
        var card = begun["card"].GetProperty("id").GetGuid();
        // Of the member Stripe has our id, and one customer only.
        Assert.Equal("metadata[member_id]", (string?)Assert.Single(stripe.All("customer"))["told"]);

        // Nobody tells that the card was given: it is found out.
        stripe.Save(card);
        platform.Clock.Advance(TimeSpan.FromMinutes(12));
        await anna.SavedAsync(card);
        Assert.Equal(["4242"], await anna.CardsAsync());
        // Its bank gave out another one, and Stripe says so.
        var method = Assert.Single(stripe.All("payment_method"));
        method["card"]!["last4"] = "1111";
        await FakeStripe.TellAsync(platform, "payment_method.automatically_updated", method);
        await Eventually.TrueAsync(async () => (await anna.CardsAsync()).SequenceEqual(["1111"]), "the card is as it was");

        var second = (await anna.PostAsync(CardSteps.Cards)).Expect(HttpStatusCode.Created)["card"].GetProperty("id").GetGuid();
        await FakeStripe.TellAsync(platform, "setup_intent.succeeded", stripe.Save(second));
        await anna.SavedAsync(second);
        (await anna.DeleteAsync($"{CardSteps.Cards}/{card}")).Expect(HttpStatusCode.NoContent);
        await Eventually.TrueAsync(() => Task.FromResult(method["customer"] is null), "Stripe keeps it");
        Assert.Single(await anna.CardsAsync());

        (await admin.DeleteAsync($"/api/auth/admin/users/{anna.Id}")).Expect(HttpStatusCode.NoContent);
        await Eventually.TrueAsync(() => Task.FromResult(stripe.All("customer").Count == 0), "Stripe remembers");
        Assert.Empty(stripe.Complaints);
    }
}
