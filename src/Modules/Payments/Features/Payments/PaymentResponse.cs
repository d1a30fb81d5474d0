using Portico.Platform.Data;

namespace Portico.Payments.Features.Payments;

/// <summary>A payment.</summary>
/// <param name="BookingId">The booking it is for; null when it is for what is owed on account.</param>
/// <param name="Amount">In <paramref name="Currency"/> (ISO 4217).</param>
/// <param name="Provider"><c>sandbox</c>, <c>stripe</c>, <c>desk</c> (taken by staff) or <c>self</c> (its member said so).</param>
/// <param name="Status">
/// <c>creating</c>, <c>requires_payment_method</c> (give a card), <c>requires_action</c> (the bank asks its owner), <c>processing</c>,
/// <c>succeeded</c> or <c>canceled</c>.
/// </param>
/// <param name="Failure">Why the last card was declined, such as <c>insufficient_funds</c>.</param>
/// <param name="Refunded">What went back of it, or is on its way.</param>
/// <param name="Dispute"><c>open</c>, <c>won</c> or <c>lost</c>, when its bank wanted it back.</param>
public sealed record PaymentResponse(
    Guid Id, Guid UserId, Guid? BookingId, decimal Amount, string Currency, string Provider, string Status, string? Failure, decimal Refunded,
    string? Dispute, DateTimeOffset CreatedAt, DateTimeOffset? SettledAt)
{
    internal const string Columns =
        "id, member_id as user_id, booking_id, amount, currency, provider, status, failure, refunded, dispute, created_at, settled_at";
}

/// <summary>A payment with what it is for and what went back of it.</summary>
/// <param name="TransactionIds">What is, or was to be, settled with it.</param>
public sealed record PaymentDetailsResponse(PaymentResponse Payment, IReadOnlyList<Guid> TransactionIds, IReadOnlyList<RefundResponse> Refunds)
{
    internal static async Task<PaymentDetailsResponse?> FindAsync(
        Database<PaymentsModule> database, Guid id, Guid memberId, CancellationToken cancellationToken) =>
        await database.FindAsync<PaymentResponse>(
            $"select {PaymentResponse.Columns} from payments where id = @id and member_id = @memberId", new { id, memberId }, cancellationToken) is { } payment
            ? new(
                payment,
                await database.QueryAsync<Guid>("select transaction_id from payment_lines where payment_id = @id order by transaction_id", new { id }, cancellationToken),
                await database.QueryAsync<RefundResponse>(
                    $"select {RefundResponse.Columns} from {RefundResponse.Tables} where payment_id = @id order by refunds.id", new { id }, cancellationToken))
            : null;
}

/// <summary>Money on its way back, or back.</summary>
/// <param name="Status"><c>creating</c>, <c>pending</c>, <c>succeeded</c> or <c>failed</c>. Of what staff took, pending until they have handed it out.</param>
/// <param name="Failure">Why it did not arrive, in the provider's words.</param>
public sealed record RefundResponse(
    Guid Id, Guid PaymentId, Guid UserId, decimal Amount, string Currency, string Provider, string Status, string? Failure, string Reason,
    DateTimeOffset CreatedAt, DateTimeOffset? SettledAt)
{
    internal const string Columns =
        """
        refunds.id, refunds.payment_id, payments.member_id as user_id, refunds.amount, payments.currency, payments.provider, refunds.status, refunds.failure,
        refunds.reason, refunds.created_at, refunds.settled_at
        """;

    internal const string Tables = "refunds join payments on payments.id = refunds.payment_id";
}
