using Portico.Contracts.Bookings;
using Portico.Contracts.Payments;
using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>A transaction as those see it who change it.</summary>
internal sealed record OwedRow(Guid Id, Guid MemberId, Guid? BookingId, decimal Amount, string Currency, string Status)
{
    public const string Columns = "transactions.id, transactions.member_id, transactions.booking_id, transactions.amount, transactions.currency, transactions.status";

    /// <summary>Where it stands in the book while it is owed.</summary>
    public string Account => BookingId is null ? "receivable" : "due";
}

/// <summary>What happens to what is owed. The member's accounts are open.</summary>
internal static class OwedSteps
{
    /// <summary>Something more is owed.</summary>
    public static async Task<OwedRow> ChargeAsync(
        this Change change, Guid memberId, BookedTime? booking, decimal amount, string currency, string description, Guid by, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var owed = new OwedRow(Guid.CreateVersion7(now), memberId, booking?.BookingId, amount, currency, "owed");
        await change.WriteAsync(
            """
            insert into transactions (id, member_id, booking_id, amount, currency, description, created_by, created_at)
            values (@Id, @MemberId, @BookingId, @Amount, @Currency, @description, @by, @now)
            """, new { owed.Id, owed.MemberId, owed.BookingId, owed.Amount, owed.Currency, description, by, now }, cancellationToken);
        await change.PostAsync("charge", memberId, Ledger.Move(owed.Account, "revenue", owed.Id, currency, amount), by, null, now, cancellationToken);
        change.Publish(new TransactionCreated(owed.Id, memberId, amount, currency, description, now, booking?.BookingId, booking?.LocationId));
        return owed;
    }

    /// <summary>It is owed no longer, and was not paid.</summary>
    public static async Task CancelAsync(this Change change, OwedRow owed, Guid by, string? reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await change.WriteAsync("update transactions set status = 'cancelled', settled_at = @now where id = @Id", new { owed.Id, now }, cancellationToken);
        await change.PostAsync(
            "cancellation", owed.MemberId, Ledger.Move("revenue", owed.Account, owed.Id, owed.Currency, owed.Amount), by, reason, now, cancellationToken);
        change.Publish(new TransactionCancelled(owed.Id, owed.MemberId, owed.Amount, owed.Currency, reason, now));
    }

    /// <summary>
    /// Nobody wants it paid any more. Where a payment of it is under way its provider is asked to call that off, and the payment
    /// decides: the money may be on its way already.
    /// </summary>
    public static async Task CallOffAsync(this Change change, OwedRow owed, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var underWay = await change.ExecuteAsync(
            """
            update payments set unwanted = coalesce(unwanted, @reason), ask_at = @now
            where status not in ('succeeded', 'canceled') and id in (select payment_id from payment_lines where transaction_id = @Id and live)
            """, new { owed.Id, reason, now }, cancellationToken);
        if (underWay == 0)
        {
            await change.CancelAsync(owed, Ledger.Nobody, reason, now, cancellationToken);
        }
        else
        {
            await change.ExecuteAsync("update transactions set called_off = @reason where id = @Id", new { owed.Id, reason }, cancellationToken);
        }
    }
}
