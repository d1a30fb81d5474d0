using Portico.Contracts.Payments;
using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>A payment as those see it who change it.</summary>
internal sealed record PaymentRow(
    Guid Id, Guid MemberId, Guid? BookingId, decimal Amount, string Currency, string Provider, string? ProviderRef, string Status, string? Failure,
    int Declines, string? Unwanted, decimal Refunded, int Asked, Guid CreatedBy, DateTimeOffset CreatedAt, bool SaveCard, Guid? CardId,
    string? Dispute = null, decimal Taken = 0)
{
    public const string Columns =
        """
        payments.id, payments.member_id, payments.booking_id, payments.amount, payments.currency, payments.provider, payments.provider_ref, payments.status,
        payments.failure, payments.declines, payments.unwanted, payments.refunded, payments.asked, payments.created_by, payments.created_at,
        payments.save_card, payments.card_id, payments.dispute, payments.taken
        """;

    /// <summary>The money went over the desk.</summary>
    public const string Desk = "desk";

    /// <summary>Its member said so.</summary>
    public const string Self = "self";

    /// <summary>What can still go back of it.</summary>
    public decimal Left => Amount - Refunded - Taken;

    /// <summary>Whether nothing more can come of it.</summary>
    public bool IsOver => Status is "succeeded" or "canceled";
}

/// <summary>One thing a payment is for.</summary>
/// <param name="Live">Whether it would be, or was, settled with it.</param>
internal sealed record PaymentLine(
    Guid TransactionId, Guid? BookingId, string? Fee, decimal Amount, bool Live, string Status, string? CalledOff, decimal Refunded, decimal Taken)
{
    /// <summary>What neither went back of it nor was taken by its bank.</summary>
    public decimal Left => Amount - Refunded - Taken;

    public string Account => OwedRow.AccountOf(BookingId, Fee);
}

internal static class PaymentSql
{
    /// <summary>Opens its member's accounts and locks the payment: in this order everywhere, so that nobody waits for each other.</summary>
    public static async Task<PaymentRow?> LockPaymentAsync(this Change change, string where, object parameters, CancellationToken cancellationToken)
    {
        if (await change.FindAsync<Key>($"select id, member_id from payments where {where}", parameters, cancellationToken) is not { } found)
        {
            return null;
        }

        await change.OpenAllAsync(found.MemberId, cancellationToken);
        return await change.FindAsync<PaymentRow>($"select {PaymentRow.Columns} from payments where id = @Id for update", found, cancellationToken);
    }

    public static Task<IReadOnlyList<PaymentLine>> LinesAsync(this Change change, Guid paymentId, CancellationToken cancellationToken) =>
        change.QueryAsync<PaymentLine>(
            """
            select transaction_id, booking_id, fee, line.amount, live, status, called_off, line.refunded, line.taken
            from payment_lines as line join transactions on transactions.id = transaction_id
            where payment_id = @paymentId order by transaction_id for update
            """, new { paymentId }, cancellationToken);

    /// <summary>Tells what of the lines that the payment settled is the house's no more, or again.</summary>
    public static void TellReversed(this Change change, PaymentRow payment, decimal amount, string cause, DateTimeOffset now)
    {
        if (amount != 0)
        {
            change.Publish(new PaymentReversed(payment.Id, payment.BookingId, payment.MemberId, amount, payment.Currency, cause, now));
        }
    }

    private sealed record Key(Guid Id, Guid MemberId);
}
