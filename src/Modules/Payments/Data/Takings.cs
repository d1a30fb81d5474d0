using Portico.Contracts.Payments;
using Portico.Payments.Documents;
using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>Money that no provider took: it is there when it is noted.</summary>
internal static class Takings
{
    /// <summary>
    /// Settles what is owed, one payment for each booking and one per currency for all else. A payment by card that is under way for
    /// some of it is called off; should it come in all the same, it goes back.
    /// </summary>
    public static async Task TakeAsync(
        this Change change, Guid memberId, IReadOnlyList<OwedRow> owed, string provider, Guid by, string? reason, Receipts receipts, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (owed.Count == 0)
        {
            return;
        }

        await change.ExecuteAsync(
            """
            with replaced as (update payment_lines set live = false where live and transaction_id = any(@ids) returning payment_id)
            update payments set unwanted = coalesce(unwanted, 'paid_otherwise'), ask_at = @now
            where id in (select payment_id from replaced) and status not in ('succeeded', 'canceled')
            """, new { now, ids = owed.Select(one => one.Id).ToArray() }, cancellationToken);
        List<(Guid Id, string Currency)> payments = [];
        foreach (var payment in owed.GroupBy(one => (one.BookingId, one.Currency)))
        {
            var (id, amount) = (Guid.CreateVersion7(now), payment.Sum(one => one.Amount));
            await change.ExecuteAsync(
                """
                insert into payments (id, member_id, booking_id, amount, currency, provider, status, created_by, created_at, settled_at)
                values (@id, @memberId, @BookingId, @amount, @Currency, @provider, 'succeeded', @by, @now, @now);
                insert into payment_lines (payment_id, transaction_id, amount)
                select @id, line.id, line.amount from unnest(@ids::uuid[], @amounts::numeric[]) as line (id, amount);
                update transactions set status = 'paid', settled_at = @now where id = any(@ids)
                """,
                new
                {
                    id, memberId, payment.Key.BookingId, amount, payment.Key.Currency, provider, by, now,
                    ids = payment.Select(one => one.Id).ToArray(), amounts = payment.Select(one => one.Amount).ToArray(),
                }, cancellationToken);
            payments.Add((id, payment.Key.Currency));
            if (payment.Key.BookingId is { } booking)
            {
                change.Publish(new PaymentSucceeded(id, booking, memberId, amount, payment.Key.Currency, now));
            }
        }

        await change.PostAsync(
            "payment", memberId, owed.SelectMany(one => Ledger.Move("received", one.Account, one.Id, one.Currency, one.Amount)), by, reason, now, cancellationToken);
        change.Publish(new TransactionPaid(memberId, owed.Count, [.. owed.Select(one => one.Id)],
            [.. owed.GroupBy(one => one.Currency).Select(one => new AmountPaid(one.Key, one.Sum(line => line.Amount)))], now));
        foreach (var (id, currency) in payments)
        {
            await receipts.ForPaymentAsync(change, memberId, id, currency, cancellationToken);
        }
    }
}
