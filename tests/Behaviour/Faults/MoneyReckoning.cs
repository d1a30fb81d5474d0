using System.Text.Json;
using Portico.Tests.Behaviour.Analytics;
using Portico.Tests.Behaviour.Bookings;
using Portico.Tests.Behaviour.Payments;

namespace Portico.Tests.Behaviour.Faults;

/// <summary>Holds what people were told of their money in all rounds so far against what is there.</summary>
internal sealed class MoneyReckoning(MoneyProcesses processes, Person admin, IReadOnlyList<Purse> all)
{
    private static readonly ParallelOptions AFewAtOnce = new() { MaxDegreeOfParallelism = 4 };
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private RunningPlatform Platform => processes.Platform;

    private IEnumerable<ToldPurchase> Charged => all.SelectMany(purse => purse.Purchases).Where(purchase => purchase.Charged);

    /// <summary>Whoever sends the same with the same key again gets the same answer, and nothing is done again.</summary>
    public Task AnswersStandAsync(MoneyCrowd crowd) => Parallel.ForEachAsync(crowd.Stored, AFewAtOnce, async (sent, _) =>
    {
        var again = await sent.SendToAsync(Platform.Gateway);
        Assert.Equal((sent.Answer.Status, sent.Answer.Body), (again.Status, again.Body));
        Assert.True(again.Headers.Contains("Idempotency-Replayed"), $"{sent.Act} was done again: {again}");
    });

    /// <summary>Every charge that somebody was told of is there with its amount, and no other; a booking has one.</summary>
    public async Task ChargesStandAsync()
    {
        await Agreement.HoldsAsync(
            "what people owe on account", all.SelectMany(purse => purse.Charges),
            () => Platform.QueryAsync<(Guid, decimal)>("payments", "select id, amount from transactions where booking_id is null"));
        await Agreement.HoldsAsync(
            "what bookings cost", Charged.Select(purchase => (purchase.Id, purchase.Price)),
            () => Platform.QueryAsync<(Guid, decimal)>("payments", "select booking_id, amount from transactions where booking_id is not null"));
        await Agreement.HoldsAsync(
            "how much people said to have paid", [all.Sum(purse => purse.Settled)],
            () => Platform.QueryAsync<int>("payments", "select count(*)::int from payment_lines join payments on payments.id = payment_id where provider = 'self'"));
    }

    /// <summary>What was taken from cards is what their owners were told, at the provider and here; and so is what went back.</summary>
    public async Task CardsStandAsync()
    {
        var taken = all.SelectMany(purse => purse.Cards).Where(card => card.Taken).Select(card => (card.Id, card.Amount)).Distinct().ToList();
        await Agreement.HoldsAsync(
            "what the provider took", taken, () => Platform.QueryAsync<(Guid, decimal)>("payments", "select payment_id, amount from sandbox_intents where status = 'succeeded'"));
        await Agreement.HoldsAsync(
            "what was paid by card", taken, () => Platform.QueryAsync<(Guid, decimal)>("payments", "select id, amount from payments where provider = 'sandbox' and status = 'succeeded'"));
        await Agreement.HoldsAsync(
            "what the provider gave back", await Platform.QueryAsync<(Guid, decimal)>("payments", "select id, amount from refunds where status = 'succeeded'"),
            () => Platform.QueryAsync<(Guid, decimal)>("payments", "select refund_id, amount from sandbox_refunds"));
    }

    /// <summary>Every booking stands or does not, as its owner was told, and its money with it.</summary>
    public static Task PurchasesStandAsync(IEnumerable<Purse> ofThisRound) =>
        Parallel.ForEachAsync(ofThisRound.SelectMany(purse => purse.Purchases.Select(purchase => (purse.Owner, purchase))), AFewAtOnce, async (told, _) =>
        {
            var (owner, purchase) = told;
            (string Status, decimal Kept) last = default;
            try
            {
                await Eventually.TrueAsync(
                    async () =>
                    {
                        last = (await owner.StatusAsync(purchase.Id), purchase.Payment is { } card ? Kept(await owner.PaymentAsync(card.Id)) : 0);
                        return Allowed(purchase).Contains(last.Status) && last.Kept == (last.Status == "confirmed" ? purchase.Price : 0);
                    }, "", Patience);
            }
            catch (TimeoutException)
            {
                Assert.Fail($"{purchase} is {last.Status}, and {last.Kept} was paid and did not go back");
            }
        });

    /// <summary>Administrators see the sums of what all members were told.</summary>
    public async Task StatisticsStandAsync()
    {
        var amount = all.SelectMany(purse => purse.Charges).Sum(charge => charge.Amount) + Charged.Sum(purchase => purchase.Price);
        var paid = await Platform.QueryAsync<long>("payments", "select count(*) from transactions where status = 'paid'");
        await Agreement.HoldsAsync(
            "the statistics",
            [(all.Sum(purse => purse.Transactions), amount, paid[0], all.Where(purse => purse.Transactions > 0).Select(purse => purse.Owner.Id).Distinct().Count())],
            async () =>
            {
                var (transactions, sum, settled, _, users) = await admin.StatsAsync();
                return [((int)transactions, sum, settled, (int)users)];
            });
    }

    private static decimal Kept(JsonElement payment) => payment.GetProperty("status").GetString() == "succeeded"
        ? payment.GetProperty("amount").GetDecimal() - payment.GetProperty("refunded").GetDecimal()
        : 0;

    // Time may have run out while something was away; and what was paid too late goes back, or is honoured.
    private static string[] Allowed(ToldPurchase purchase) => purchase switch
    {
        { Cancelled: true } => ["cancelled"],
        { Charged: false } => ["held", "expired"],
        { Payment: null } => ["awaiting_payment", "expired"],
        { Payment.Taken: true } => ["confirmed", "expired"],
        _ => ["payment_failed", "expired"],
    };
}
