using Portico.Contracts.Payments;
using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>Payments that are taken from a saved card without its owner being there.</summary>
internal static class Collections
{
    /// <summary>Why a bank declines that wants to ask the card's owner first (3-D Secure), in Stripe's words.</summary>
    public const string AsksOwner = "authentication_required";

    /// <summary>Its member is told that the card was declined, if that is why it will not be made.</summary>
    public static async Task TellDeclinedAsync(this Change change, PaymentRow payment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await change.FindAsync<Declined>(
            """
            select collections.transaction_id, membership_id, description, attempt, failure
            from collections join payments on payments.id = payment_id join membership_fees as fee using (transaction_id)
            join transactions on transactions.id = collections.transaction_id
            where payment_id = @Id and failure is not null and transactions.status = 'owed'
            """, payment, cancellationToken) is { } declined)
        {
            change.Publish(new CollectionFailed(
                payment.Id, declined.TransactionId, declined.MembershipId, payment.MemberId, payment.Amount, payment.Currency, declined.Description, declined.Attempt,
                declined.Failure, declined.Failure == AsksOwner, now));
        }
    }

    private sealed record Declined(Guid TransactionId, Guid MembershipId, string Description, int Attempt, string Failure);
}
