using Portico.Contracts.Payments;
using Portico.Payments.Documents;
using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>
/// What becomes of a payment that its bank wants back. Until that is decided nothing else goes back of it; what the bank takes no refund
/// can, and the bank does not take what went back or is on its way.
/// </summary>
internal static class DisputeSteps
{
    /// <summary>Brings a payment to where its dispute stands. Answers whether that is new. It is locked, and has succeeded.</summary>
    /// <param name="stands"><c>open</c>, <c>won</c> or <c>lost</c>.</param>
    public static async Task<bool> DisputeAsync(
        this Change change, PaymentRow payment, string stands, Receipts receipts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await change.ExecuteAsync(
            "update payments set dispute = @stands where id = @Id and (dispute is null or dispute = 'open' and @stands <> 'open')", new { payment.Id, stands }, cancellationToken) == 0)
        {
            return false;
        }

        change.Publish(new PaymentDisputed(payment.Id, payment.BookingId, payment.MemberId, payment.Amount, payment.Currency, stands, now));
        if (stands == "won")
        {
            await change.ExecuteAsync("update refunds set ask_at = @now where payment_id = @Id and status = 'creating' and ask_at is null", new { payment.Id, now }, cancellationToken);
        }
        else if (stands == "lost")
        {
            foreach (var waiting in await change.QueryAsync<RefundRow>(
                $"select {RefundRow.Columns} from refunds where payment_id = @Id and status = 'creating' and ask_at is null for update", payment, cancellationToken))
            {
                await change.ApplyAsync(
                    payment, waiting, new("", waiting.Id, payment.ProviderRef!, "failed", waiting.Amount, "charge_disputed"), receipts, now, cancellationToken);
            }

            await change.TakeAsync(payment, null, receipts, now, cancellationToken);
        }

        return true;
    }

    /// <summary>The bank took whatever is left of the payment, whose dispute is lost.</summary>
    /// <param name="refundId">The refund that failed, and left it, after the dispute was lost.</param>
    public static async Task TakeAsync(
        this Change change, PaymentRow payment, Guid? refundId, Receipts receipts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var left = await change.FindAsync<decimal>("select amount - refunded - taken from payments where id = @Id", payment, cancellationToken);
        var reversed = 0m;
        List<(Guid Id, decimal Amount)> taken = [];
        // The other way round than refunds, which may still come to the rest.
        foreach (var line in (await change.LinesAsync(payment.Id, cancellationToken)).Reverse().OrderByDescending(line => line.Live))
        {
            var part = Math.Min(left, line.Left);
            if (part > 0)
            {
                left -= part;
                reversed += line.Live ? part : 0;
                taken.Add((line.TransactionId, part));
            }
        }

        if (taken.Count == 0)
        {
            return;
        }

        await change.ExecuteAsync(
            """
            update payments set taken = taken + @sum where id = @Id;
            update payment_lines set taken = taken + part.amount
            from unnest(@ids::uuid[], @amounts::numeric[]) as part (id, amount) where payment_id = @Id and transaction_id = part.id
            """,
            new
            {
                payment.Id, sum = taken.Sum(part => part.Amount), ids = taken.Select(part => part.Id).ToArray(), amounts = taken.Select(part => part.Amount).ToArray(),
            }, cancellationToken);
        await change.PostAsync(
            "dispute_lost", payment.MemberId, taken.SelectMany(part => Ledger.Move("disputed", "received", part.Id, payment.Currency, part.Amount)), Ledger.Nobody, null,
            now, cancellationToken);
        change.TellReversed(payment, reversed, "dispute_lost", now);
        await receipts.ForRefundAsync(change, Receipts.CreditNote, payment, refundId, taken, cancellationToken);
    }
}
