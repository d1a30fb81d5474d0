using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>What is left over of a membership that has ended. It is locked.</summary>
internal static class LeftOvers
{
    private const string Reason = "Left over from the membership.";

    /// <summary>
    /// Takes it from what is still owed for the membership, and gives back what was paid, the newest first: that is where it comes from, since nothing
    /// is charged before what was left over is used up. What is being paid or disputed is waited for. Answers what has to wait; the rest of it was
    /// never paid.
    /// </summary>
    public static async Task<decimal> ReturnAsync(this Change change, MembershipRow membership, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await change.OpenAllAsync(membership.MemberId, cancellationToken);
        var (left, waits) = (membership.LeftOver, false);
        foreach (var fee in await change.QueryAsync<Fee>(
            """
            select transactions.id, transactions.amount, transactions.status, description, tax_percent, due_on, reminders, payment_id, dispute,
                   coalesce(line.amount - line.refunded, 0) as kept
            from membership_fees as fee join transactions on transactions.id = fee.transaction_id
            left join payment_lines as line on line.transaction_id = transactions.id and live
            left join payments on payments.id = payment_id
            where fee.membership_id = @Id and transactions.status <> 'cancelled' and called_off is null
            order by transactions.id desc
            """, new { membership.Id }, cancellationToken))
        {
            if (left > 0 && fee is { Status: "owed", PaymentId: null })
            {
                left -= await change.TakeOffAsync(membership, fee, left, now, cancellationToken);
            }
            else if (left > 0 && (fee.Status == "owed" || fee.Dispute == "open"))
            {
                waits = true;
            }
            else if (left > 0 && fee is { PaymentId: { } paymentId, Dispute: not "lost" })
            {
                left -= await change.GiveBackAsync(fee, paymentId, left, now, cancellationToken);
            }
        }

        left = waits ? left : 0;
        await change.WriteAsync("update memberships set left_over = @left where id = @Id", new { membership.Id, left }, cancellationToken);
        return left;
    }

    /// <summary>It is owed no longer, or less of it. Whoever was reminded of it was reminded of the rest.</summary>
    private static async Task<decimal> TakeOffAsync(
        this Change change, MembershipRow membership, Fee fee, decimal atMost, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await change.CancelAsync(
            new(fee.Id, membership.MemberId, null, fee.Amount, membership.Currency, fee.Status, "membership"), Ledger.Nobody, Reason, now, cancellationToken, "adjustment");
        if (fee.Amount <= atMost)
        {
            return fee.Amount;
        }

        var rest = await change.ChargeFeeAsync(
            membership.MemberId, "membership", fee.Amount - atMost, membership.Currency, fee.Description, fee.TaxPercent, now, cancellationToken, "adjustment", Reason);
        await change.WriteAsync(
            "insert into membership_fees (transaction_id, membership_id, due_on, reminders) values (@transactionId, @Id, @DueOn, @Reminders)",
            new { transactionId = rest.Id, membership.Id, fee.DueOn, fee.Reminders }, cancellationToken);
        return atMost;
    }

    private static async Task<decimal> GiveBackAsync(
        this Change change, Fee fee, Guid paymentId, decimal atMost, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var payment = (await change.FindAsync<PaymentRow>($"select {PaymentRow.Columns} from payments where id = @paymentId for update", new { paymentId }, cancellationToken))!;
        var part = Math.Min(atMost, Math.Min(fee.Kept, payment.Left));
        // Each fee gives back once, whatever else is believed here.
        return part > 0 && await change.GiveBackAsync(
            payment, part, Reason, $"left_over:{fee.Id}", Ledger.Nobody, now, cancellationToken, fee.Id) is not null ? part : 0;
    }

    private sealed record Fee(
        Guid Id, decimal Amount, string Status, string Description, decimal? TaxPercent, DateOnly DueOn, int Reminders, Guid? PaymentId, string? Dispute, decimal Kept);
}
