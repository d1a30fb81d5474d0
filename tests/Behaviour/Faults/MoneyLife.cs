namespace Portico.Tests.Behaviour.Faults;

/// <summary>Somebody who owes, books, pays with good cards and bad ones, and gives back; one thing after the other.</summary>
internal sealed class MoneyLife(Purse purse, UntilAnswered asking, Guid[] rooms, DateTimeOffset from, Func<int, int> chance)
{
    private const int Hours = 24 * 20;
    private const string Transactions = "/api/payments/transactions";
    private const string Payments = "/api/payments/payments";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Most are good; Stripe's numbers.
    private static readonly string[] Cards =
        ["4242424242424242", "5555555555554444", "378282246310005", "4000002500003155", "4000002500003155", "4000008400001629", "4000000000000002", "4000000000009995"];

    public Task DoSomethingAsync() => chance(10) switch
    {
        < 5 => OweAsync(),
        5 => SettleAsync(),
        6 => PayOnAccountAsync(),
        _ => BookAsync(),
    };

    public async Task OweAsync()
    {
        var amount = (100 + chance(2000)) / 100m;
        var answer = await PostAsync("owe", Transactions, new { amount, description = "Coffee" });
        if (answer.Code == "limit-exceeded")
        {
            await SettleAsync();
            return;
        }

        purse.Owe(answer.Expect(HttpStatusCode.Created).Id, amount);
    }

    private async Task SettleAsync() =>
        purse.Settled += (await PostAsync("settle", $"{Transactions}/pay", null)).Expect(HttpStatusCode.OK)["transactions_paid"].GetInt32();

    private async Task PayOnAccountAsync()
    {
        var begun = await PostAsync("begin", Payments, new { });
        if (begun.Status is HttpStatusCode.Conflict)
        {
            // Nothing is owed, or an earlier payment of some of it is not over yet.
            return;
        }

        var payment = Told(begun);
        // Who began again may have been given the payment that they began before.
        if (purse.Payments.TrueForAll(one => one.Id != payment.Id))
        {
            purse.Payments.Add(payment);
        }

        payment = purse.Payments.Single(one => one.Id == payment.Id);
        await GiveCardAsync(payment);
        if (!payment.Taken && chance(2) == 0)
        {
            await PostAsync("give up", $"{Payments}/{payment.Id}/cancel", null);
        }
        else if (payment.Taken && chance(2) == 0)
        {
            await OverAsync(payment.Id);
        }
    }

    private async Task BookAsync()
    {
        var start = from.AddHours(chance(Hours));
        var held = await PostAsync("hold", "/api/bookings", new { space_id = rooms[chance(rooms.Length)], starts_at = start, ends_at = start.AddHours(1) });
        if (!held.Succeeded)
        {
            held.Expect(HttpStatusCode.Conflict, "space-taken");
            return;
        }

        var booking = new ToldPurchase(held.Expect(HttpStatusCode.Created).Id, held["owed"].GetDecimal());
        purse.Purchases.Add(booking);
        if (chance(10) == 0)
        {
            return;
        }

        var confirmed = await PostAsync("confirm", $"/api/bookings/{booking.Id}/confirm", null);
        if (!confirmed.Succeeded)
        {
            // It lapsed under the faults; whether somebody has noted that already makes the difference.
            Assert.True(
                confirmed.Code == "hold-expired" || (confirmed.Code == "booking-state" && confirmed.Text("state") == "expired"), $"refused with {confirmed.Body}");
            return;
        }

        purse.Confirm(booking);
        if (chance(10) > 0 && await BegunAsync(booking) is { } payment)
        {
            booking.Payment = payment;
            await GiveCardAsync(payment);
        }

        if (chance(3) == 0)
        {
            // What has lapsed, or failed, meanwhile cannot be called off any more.
            booking.Cancelled = (await PostAsync("cancel", $"/api/bookings/{booking.Id}/cancel", null)).Succeeded;
        }
    }

    /// <summary>Null when it lapsed before its charge came.</summary>
    private async Task<ToldPayment?> BegunAsync(ToldPurchase booking)
    {
        ToldPayment? payment = null;
        await Eventually.TrueAsync(async () =>
        {
            var begun = await PostAsync("begin", Payments, new { booking_id = booking.Id });
            payment = begun.Succeeded ? Told(begun) : null;
            if (payment is not null)
            {
                return true;
            }

            begun.Expect(HttpStatusCode.Conflict, "nothing-owed");
            // Not at once, or those who ask leave no processor for those who charge.
            await Task.Delay(200);
            return (await asking.SendAsync(purse.Owner, "look", HttpMethod.Get, $"/api/bookings/{booking.Id}", null)).Text("status") != "awaiting_payment";
        }, $"{booking.Id} is not charged", Patience);
        return payment;
    }

    private async Task GiveCardAsync(ToldPayment payment)
    {
        var given = await PostAsync("card", $"/api/payments/sandbox/{payment.Id}/card", new { number = Cards[chance(Cards.Length)] });
        if (given.Succeeded && given.Text("status") == "requires_action")
        {
            given = await PostAsync("bank", $"/api/payments/sandbox/{payment.Id}/bank", new { accepted = chance(4) > 0 });
        }

        if (!given.Succeeded)
        {
            given.Expect(HttpStatusCode.Conflict, "payment-not-open");
        }

        payment.Taken |= given.Succeeded && given.Text("status") == "succeeded";
    }

    private Task OverAsync(Guid payment) => Eventually.TrueAsync(
        async () => (await asking.SendAsync(purse.Owner, "look", HttpMethod.Get, $"{Payments}/{payment}", null))["payment"].GetProperty("status").GetString() is "succeeded" or "canceled",
        $"nobody hears of {payment}", Patience);

    private static ToldPayment Told(Answer begun) =>
        new(begun["payment"].GetProperty("id").GetGuid(), begun["payment"].GetProperty("amount").GetDecimal());

    private Task<Answer> PostAsync(string act, string path, object? body) => asking.SendAsync(purse.Owner, act, HttpMethod.Post, path, body);
}
