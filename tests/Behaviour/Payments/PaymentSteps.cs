using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portico.Payments;
using Portico.Platform.Data;
using Portico.Platform.Schedules;
using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Payments;

/// <summary>What people do about money, and what has to be true of the book afterwards.</summary>
internal static class PaymentSteps
{
    public const string Transactions = "/api/payments/transactions";

    public static Task<Answer> OweAsync(this Person member, decimal amount, string currency = "EUR", string description = "Coffee") =>
        member.PostAsync(Transactions, new { amount, currency, description });

    public static async Task<Guid> OwesAsync(this Person member, decimal amount, string currency = "EUR") =>
        (await member.OweAsync(amount, currency)).Expect(HttpStatusCode.Created).Id;

    public static Task<Answer> PayAsync(this Person member, params Guid[] which) =>
        member.PostAsync($"{Transactions}/pay", which.Length == 0 ? null : new { transaction_ids = which });

    public static Task<Answer> CallOffAsync(this Person member, Guid transaction) => member.PostAsync($"{Transactions}/{transaction}/cancel");

    public static async Task<decimal> OwedAsync(this Person member, string currency = "EUR") =>
        (await member.GetAsync("/api/payments/balance")).Expect(HttpStatusCode.OK).Json.EnumerateArray()
            .Single(one => one.GetProperty("currency").GetString() == currency).GetProperty("owed").GetDecimal();

    public static async Task<IReadOnlyList<Guid>> ListedAsync(this Person member, string query = "") =>
        [.. (await member.GetAsync($"{Transactions}/list?{query}")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Select(one => one.GetProperty("id").GetGuid())];

    /// <summary>What is owed on account, and for bookings.</summary>
    public static async Task<(decimal Owed, decimal Due)> AccountAsync(this Person member)
    {
        var euro = (await member.GetAsync("/api/payments/balance")).Expect(HttpStatusCode.OK).Json.EnumerateArray().Single(one => one.GetProperty("currency").GetString() == "EUR");
        return (euro.GetProperty("owed").GetDecimal(), euro.GetProperty("due_for_bookings").GetDecimal());
    }

    /// <summary>Somebody whose booking waits for its money.</summary>
    public static async Task<(Person Anna, Guid Booking, decimal Price)> AwaitingMoneyAsync(this RunningPlatform platform, double hours = 1)
    {
        var anna = await platform.MemberAsync();
        var room = await platform.AddSpaceAsync(await platform.AddOpenPlaceAsync(), settings: new { prices = new { hourly = 10 } });
        await platform.ExecuteAsync("bookings", "update locations set tax_percent = 20, prices_include_tax = false");
        var held = await anna.HeldAsync(room, platform.Hour(48), hours);
        (await anna.ConfirmAsync(held.Id)).Expect(HttpStatusCode.OK).ExpectStatus("awaiting_payment");
        var price = held["owed"].GetDecimal();
        await Eventually.TrueAsync(async () => (await anna.AccountAsync()).Due == price, "the charge does not appear");
        return (anna, held.Id, price);
    }

    public const string Payments = "/api/payments/payments";

    /// <summary>Begins to pay what is owed on account, or what the booking waits for.</summary>
    public static Task<Answer> BeginAsync(this Person member, Guid? booking = null, params Guid[] which) =>
        member.PostAsync(Payments, new { booking_id = booking, transaction_ids = which.Length == 0 ? null : which });

    public static async Task<Guid> BegunAsync(this Person member, Guid? booking = null, params Guid[] which) =>
        (await member.BeginAsync(booking, which)).Expect(HttpStatusCode.Created)["payment"].GetProperty("id").GetGuid();

    public static Task<Answer> GiveCardAsync(this Person member, Guid payment, string number) =>
        member.PostAsync($"/api/payments/sandbox/{payment}/card", new { number });

    public static async Task<JsonElement> PaymentAsync(this Person member, Guid payment) =>
        (await member.GetAsync($"{Payments}/{payment}")).Expect(HttpStatusCode.OK)["payment"];

    /// <summary>Until the webhook has come and the payment stands so.</summary>
    public static Task ComesToAsync(this Person member, Guid payment, string status) => Eventually.TrueAsync(
        async () => (await member.PaymentAsync(payment)).GetProperty("status").GetString() == status, $"the payment does not come to {status}");

    /// <summary>Until Bookings has heard what became of the money.</summary>
    public static Task BookingComesToAsync(this Person member, Guid booking, string status) => Eventually.TrueAsync(
        async () => await member.StatusAsync(booking) == status, $"the booking does not come to {status}");

    /// <summary>Until the webhook has come and the payment's dispute stands so.</summary>
    public static Task DisputeComesToAsync(this Person member, Guid payment, string stands) => Eventually.TrueAsync(
        async () => (await member.PaymentAsync(payment)).GetProperty("dispute").GetString() == stands, $"the dispute is not {stands}");

    /// <summary>Pays with a card that works, and Portico has heard of it.</summary>
    public static async Task<Guid> PaidByCardAsync(this Person member, Guid? booking = null, string card = "4242424242424242")
    {
        var payment = await member.BegunAsync(booking);
        (await member.GiveCardAsync(payment, card)).Expect(HttpStatusCode.OK);
        await member.ComesToAsync(payment, "succeeded");
        return payment;
    }

    public static Task<Answer> RefundAsync(this Person admin, Person member, Guid payment, decimal? amount = null) =>
        admin.PostAsync($"/api/payments/members/{member.Id}/payments/{payment}/refund", new { reason = "A mistake", amount });

    /// <summary>The bank of a payment in the sandbox that its owner disputes decides.</summary>
    public static async Task DecideAsync(this Person admin, Guid payment, bool won) =>
        (await admin.PostAsync($"/api/payments/admin/sandbox/{payment}/dispute", new { won })).Expect(HttpStatusCode.NoContent);

    /// <summary>Until the payment's refunds, oldest first, stand so.</summary>
    public static async Task RefundsComeToAsync(this Person member, Guid payment, params string[] statuses)
    {
        string[] last = [];
        await Eventually.TrueAsync(
            async () =>
            {
                var shown = (await member.GetAsync($"{Payments}/{payment}")).Expect(HttpStatusCode.OK);
                last = [.. shown["refunds"].EnumerateArray().Select(refund => refund.GetProperty("status").GetString()!)];
                return last.SequenceEqual(statuses);
            }, $"the refunds do not come to {string.Join(", ", statuses)}");
    }

    /// <summary>Runs a job of Payments now, as its schedule would.</summary>
    public static async Task RunPaymentsJobAsync<TJob>(this RunningPlatform platform)
        where TJob : IScheduledJob
    {
        await using var scope = platform.Hosting<PaymentsModule>().CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TJob>().RunAsync(CancellationToken.None);
    }

    /// <summary>What the house's account has, by the sum of its entries.</summary>
    public static async Task<decimal> HouseAsync(this RunningPlatform platform, string account) => (await platform.QueryAsync<decimal>(
        "payments", "select coalesce(sum(amount), 0) from entries join ledger_accounts as account on account.id = account_id where kind = @account", new { account })).Single();

    /// <summary>Nothing is wrong in the book.</summary>
    public static async Task BookAgreesAsync(this RunningPlatform platform) =>
        Assert.Empty(await platform.Hosting<PaymentsModule>().GetServices<IVerifiedModule>().Single(module => module.Module == "payments").FindFaultsAsync(CancellationToken.None));

    /// <summary>What the database itself says to somebody who writes past the application.</summary>
    public static async Task<string?> RefusalAsync(this RunningPlatform platform, string sql) =>
        (await Assert.ThrowsAsync<PostgresException>(() => platform.ExecuteAsync("payments", sql))).ConstraintName;
}
