using Portico.Contracts.Payments;
using Portico.Payments.Documents;
using Portico.Payments.Providers;
using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>Money on its way back.</summary>
internal sealed record RefundRow(Guid Id, Guid PaymentId, decimal Amount, string Status, string? ProviderRef, string Reason, int Asked, Guid CreatedBy, Guid? TransactionId = null)
{
    public const string Columns =
        "refunds.id, refunds.payment_id, refunds.amount, refunds.status, refunds.provider_ref, refunds.reason, refunds.asked, refunds.created_by, refunds.transaction_id";

    public bool IsOver => Status is "succeeded" or "failed";
}

/// <summary>
/// What becomes of refunds. Between asking for one and its provider's word the payment counts it already: more than was paid is
/// never on its way back.
/// </summary>
internal static class RefundSteps
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    /// <summary>
    /// Asks for some of a payment back, of a succeeded one that is locked. What no provider took waits until staff have handed it out,
    /// and what its bank wants back until that is decided.
    /// Null when the same <paramref name="cause"/> was given back for already.
    /// </summary>
    /// <param name="transactionId">What of the payment it is for; null for whatever there is.</param>
    public static async Task<Guid?> GiveBackAsync(
        this Change change, PaymentRow payment, decimal amount, string reason, string? cause, Guid by, DateTimeOffset now, CancellationToken cancellationToken,
        Guid? transactionId = null)
    {
        var byHand = payment.Provider is PaymentRow.Desk or PaymentRow.Self;
        var made = await change.QueryAsync<Guid>(
            """
            insert into refunds (id, payment_id, transaction_id, amount, status, reason, cause, ask_at, created_by, created_at)
            values (@id, @PaymentId, @transactionId, @amount, @status, @reason, @cause, @askAt, @by, @now)
            on conflict (cause) do nothing returning id
            """,
            new
            {
                id = Guid.CreateVersion7(now), PaymentId = payment.Id, transactionId, amount, reason, cause, by, now,
                status = byHand ? "pending" : "creating", askAt = byHand || payment.Dispute == "open" ? (DateTimeOffset?)null : now,
            }, cancellationToken);
        return made.Count == 0 ? null : made[0];
    }

    /// <summary>Brings a refund to where its provider says it is. Answers whether it told something new.</summary>
    public static async Task<bool> ApplyAsync(
        this Change change, PaymentRow payment, RefundRow refund, ProviderRefund told, Receipts receipts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A bank may send back what had arrived: the one thing that can still happen to a refund that is over.
        if (refund.Status == "failed" || refund.Status == told.Status || (refund.Status == "succeeded" && told.Status == "pending"))
        {
            return false;
        }

        await change.ExecuteAsync(
            """
            update refunds set status = @Status, provider_ref = coalesce(provider_ref, @reference), failure = @Failure, settled_at = @settledAt, ask_at = @askAt where id = @Id
            """,
            new
            {
                refund.Id, told.Status, reference = told.Reference.Length == 0 ? null : told.Reference, told.Failure,
                settledAt = told.Status == "pending" ? (DateTimeOffset?)null : now, askAt = told.Status == "pending" ? now + LookAgain : (DateTimeOffset?)null,
            }, cancellationToken);
        if (told.Status == "succeeded")
        {
            var moved = await change.PostRefundAsync("refund", payment, refund, now, cancellationToken);
            await receipts.ForRefundAsync(change, Receipts.CreditNote, payment, refund.Id, moved, cancellationToken);
            change.Publish(new PaymentRefunded(refund.Id, payment.Id, payment.BookingId, payment.MemberId, refund.Amount, payment.Currency, refund.Reason, now));
        }
        else if (told.Status == "failed")
        {
            if (refund.Status == "succeeded")
            {
                var moved = await change.PostRefundAsync("refund_returned", payment, refund, now, cancellationToken);
                await receipts.ForRefundAsync(change, Receipts.Kind, payment, refund.Id, moved, cancellationToken);
            }

            change.Publish(new RefundFailed(refund.Id, payment.Id, payment.BookingId, payment.MemberId, refund.Amount, payment.Currency, told.Failure, now));
            if (refund.Status != "succeeded" && payment.Dispute == "lost")
            {
                await change.TakeAsync(payment, refund.Id, receipts, now, cancellationToken);
            }
        }

        return true;
    }

    // First what it is for, if that was said, then what was booked for nothing, then line by line; and the other way round when it comes back.
    private static async Task<IReadOnlyList<(Guid Id, decimal Amount)>> PostRefundAsync(
        this Change change, string kind, PaymentRow payment, RefundRow refund, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sign = kind == "refund" ? 1 : -1;
        var (left, reversed, entries, moved) = (refund.Amount, 0m, new List<LedgerEntry>(), new List<(Guid Id, decimal Amount)>());
        foreach (var line in (await change.LinesAsync(payment.Id, cancellationToken))
            .OrderBy(line => line.TransactionId != refund.TransactionId).ThenBy(line => line.Live))
        {
            var part = Math.Min(left, sign > 0 ? line.Left : line.Refunded);
            if (part > 0)
            {
                left -= part;
                reversed += line.Live ? part : 0;
                entries.AddRange(Ledger.Move(line.Live ? "revenue" : "unapplied", "received", line.TransactionId, payment.Currency, sign * part));
                moved.Add((line.TransactionId, part));
            }
        }

        await change.ExecuteAsync(
            """
            update payment_lines set refunded = refunded + part.amount
            from unnest(@ids::uuid[], @amounts::numeric[]) as part (id, amount) where payment_id = @PaymentId and transaction_id = part.id
            """,
            new { PaymentId = payment.Id, ids = moved.Select(part => part.Id).ToArray(), amounts = moved.Select(part => sign * part.Amount).ToArray() }, cancellationToken);
        await change.PostAsync(kind, payment.MemberId, entries, refund.CreatedBy, refund.Reason, now, cancellationToken);
        change.TellReversed(payment, sign * reversed, kind, now);
        return moved;
    }
}
