namespace Portico.Payments.Features.Transactions;

/// <summary>Something a member owes, or owed.</summary>
/// <param name="UserId">Who owes it.</param>
/// <param name="Amount">In <paramref name="Currency"/> (ISO 4217).</param>
/// <param name="Status"><c>owed</c>, <c>paid</c> or <c>cancelled</c>.</param>
/// <param name="SettledAt">When it was paid or cancelled.</param>
/// <param name="BookingId">The booking that waits for it, if one does: it is paid by card or at the desk.</param>
/// <param name="Fee"><c>membership</c> or <c>day_pass</c>: it is charged by the clock or at the door, and does not count to what may be owed on account.</param>
public sealed record TransactionResponse(
    Guid Id, Guid UserId, decimal Amount, string Currency, string Description, bool IsPaid, string Status, DateTimeOffset CreatedAt, DateTimeOffset? SettledAt,
    Guid? BookingId, string? Fee)
{
    internal const string Columns =
        """
        id, member_id as user_id, amount, currency, description, status = 'paid' as is_paid, status, created_at, settled_at, booking_id, fee
        """;
}
