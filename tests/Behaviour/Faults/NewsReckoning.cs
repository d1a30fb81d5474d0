using Portico.Tests.Behaviour.Notifications;

namespace Portico.Tests.Behaviour.Faults;

/// <summary>Holds what was told of everybody's money against what is true: in the audit trail, by mail and to others.</summary>
internal sealed class NewsReckoning(MoneyProcesses processes, IReadOnlyList<Purse> all)
{
    private RunningPlatform Platform => processes.Platform;

    private IEnumerable<ToldPurchase> Purchases => all.SelectMany(purse => purse.Purchases);

    /// <summary>A record for each thing that happened.</summary>
    public async Task TrailStandsAsync()
    {
        var happened = await Platform.QueryAsync<(string, long)>(
            "payments",
            """
            select 'document.issued', count(*) from documents
            union all select 'payment.refunded', count(*) from refunds where status = 'succeeded'
            union all select 'transaction.cancelled', count(*) from transactions where status = 'cancelled'
            """);
        List<(string, long)> told =
        [
            ("transaction.created", all.Sum(purse => purse.Transactions)),
            ("booking.held", Purchases.Count()),
            ("booking.awaits_payment", Purchases.Count(purchase => purchase.Charged)),
            ("booking.cancelled", Purchases.Count(purchase => purchase.Cancelled)),
        ];
        await Agreement.HoldsAsync(
            "the audit trail", told.Concat(happened), () => Platform.QueryAsync<(string, long)>(
                "activity", "select type, count(distinct event_id) from audit.records where type = any(@types) group by type having count(distinct event_id) = count(*)",
                new { types = told.Concat(happened).Select(one => one.Item1).ToArray() }));
    }

    /// <summary>A mail for each document and each booking that was called off, and no mail twice.</summary>
    public async Task MailsStandAsync()
    {
        await Platform.DeliveredAsync();
        // What was tried under the faults is tried again after a while, and is not due until then.
        await Eventually.TrueAsync(
            async () => (await Platform.QueryAsync<long>(
                "notifications", "select count(*) from deliveries where channel = 'email' and status = 'waiting' and attempts > 0")).Single() == 0,
            "a mail that was tried is not sent", TimeSpan.FromMinutes(2));
        IReadOnlyList<ReadMail> mails = [];
        await Agreement.HoldsAsync<string>("mails that are noted as sent or there, and not both", [], async () =>
        {
            var sent = await Platform.QueryAsync<string>(
                "notifications", "select '<' || replace(id::text, '-', '') || '@localhost>' from deliveries where channel = 'email' and status = 'sent'");
            mails = await Platform.KeptMailsAsync();
            var there = mails.Select(mail => mail.MessageId).ToList();
            return [.. sent.Except(there), .. there.Except(sent)];
        });
        Assert.Equal(mails.Count, mails.DistinctBy(mail => mail.MessageId).Count());
        await Agreement.HoldsAsync(
            "mailed documents", mails.Where(mail => mail.Pdf.Length > 0).Select(mail => mail.Subject.Split(' ')[^1]),
            () => Platform.QueryAsync<string>("payments", "select name from documents"));
        await Agreement.HoldsAsync(
            "mails about refunds", [mails.Count(mail => mail.Subject.Contains("went back to you", StringComparison.Ordinal))],
            () => Platform.QueryAsync<int>("payments", "select count(*)::int from refunds where status = 'succeeded'"));
        foreach (var purses in all.GroupBy(purse => purse.Owner.Username))
        {
            Assert.Equal(
                purses.Sum(purse => purse.Purchases.Count(purchase => purchase.Cancelled)),
                mails.Count(mail => mail.Subject.Contains("was cancelled", StringComparison.Ordinal) && mail.To.Contains($"<{purses.Key}@example.org>", StringComparison.Ordinal)));
        }
    }

    /// <summary>Others were told of every transaction and refund; what came twice says so.</summary>
    public async Task WebhooksStandAsync()
    {
        await Agreement.HoldsAsync(
            "what others were told", await Platform.QueryAsync<Guid>("payments", "select id from transactions union all select id from refunds where status = 'succeeded'"),
            () => Task.FromResult<IReadOnlyList<Guid>>([.. processes.Others.Calls.DistinctBy(call => call.Delivery).Select(call =>
                call.Json.GetProperty("data").GetProperty(call.Type == "payment.refunded" ? "refund_id" : "transaction_id").GetGuid())]));
    }
}
