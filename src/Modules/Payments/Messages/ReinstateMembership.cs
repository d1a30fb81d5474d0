using Portico.Contracts.Payments;
using Portico.Payments.Data;
using Portico.Payments.Documents;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Payments.Messages;

/// <summary>
/// A membership stands again once nothing is owed for it that was reminded of. It hears of that afterwards: whoever pays has the
/// accounts open, and those come after the membership.
/// </summary>
internal sealed class ReinstateMembership(HouseClock clock, Invoices invoices) : IHandleEvent<TransactionPaid>, IHandleEvent<TransactionCancelled>
{
    public Task HandleAsync(TransactionPaid fact, Change change, CancellationToken cancellationToken) => ReinstateAsync(change, fact.UserId, cancellationToken);

    public Task HandleAsync(TransactionCancelled fact, Change change, CancellationToken cancellationToken) => ReinstateAsync(change, fact.UserId, cancellationToken);

    private async Task ReinstateAsync(Change change, Guid memberId, CancellationToken cancellationToken)
    {
        foreach (var membership in await change.LockPaidAsync(memberId, ["past_due", "suspended"], cancellationToken))
        {
            if (!await change.FindAsync<bool>(
                """
                select exists (
                    select from membership_fees as fee join transactions on transactions.id = fee.transaction_id
                    where fee.membership_id = @Id and transactions.status = 'owed' and (fee.reminders > 0 or @Status = 'suspended'))
                """, membership, cancellationToken))
            {
                await ReinstateAsync(change, membership, cancellationToken);
            }
        }
    }

    private async Task ReinstateAsync(Change change, MembershipRow membership, CancellationToken cancellationToken)
    {
        await change.WriteAsync("update memberships set status = 'active' where id = @Id", new { membership.Id }, cancellationToken);
        if (membership.Status == "past_due")
        {
            return;
        }

        var now = clock.Now;
        var today = clock.DayOf(now);
        var offer = await change.FindOfferAsync(membership, cancellationToken);
        // What was suspended into another period was of no use there and is not charged for it.
        var stands = membership.PeriodEnd > today ? membership : await change.BeginAnewAsync(membership, offer, invoices, today, now, cancellationToken);
        change.Publish(new MembershipResumed(
            membership.Id, membership.MemberId, offer.PlanId, stands.PeriodStart, stands.PeriodEnd, now, membership.TeamId));
    }
}
