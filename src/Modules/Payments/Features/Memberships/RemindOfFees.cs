using Microsoft.Extensions.Options;
using Portico.Contracts.Payments;
using Portico.Payments.Data;
using Portico.Platform.Data;

namespace Portico.Payments.Features.Memberships;

/// <summary>Reminds of what is not paid for a membership, and suspends it when that did not help. Each reminder is told once.</summary>
internal sealed class RemindOfFees(Database<PaymentsModule> database, IOptions<MembershipOptions> options, HouseClock clock, ILogger<RemindOfFees> logger)
{
    private const string Fees =
        """
        membership_fees as fee join transactions on transactions.id = fee.transaction_id join memberships on memberships.id = fee.membership_id
        where transactions.status = 'owed' and transactions.fee is not null and transactions.called_off is null
        """;

    // Not while a saved card is asked for it: that may be paid in a moment.
    private const string Due =
        """
        ((select count(*) from unnest(@days::int[]) as day where fee.due_on + day <= @today) > fee.reminders
          or (fee.due_on + @suspend::int <= @today and memberships.status in ('active', 'past_due')))
        and not exists (
            select from payment_lines as line join payments on payments.id = line.payment_id
            where line.transaction_id = transactions.id and line.live and payments.card_id is not null)
        """;

    /// <summary>Answers how many nobody could be reminded of.</summary>
    public Task<int> RunAsync(CancellationToken cancellationToken) => EachDue.RunAsync(
        last => database.QueryAsync<Guid>(
            $"select transactions.id from {Fees} and {Due} and (@last::uuid is null or transactions.id > @last) order by transactions.id limit @AtOnce",
            new { today = clock.DayOf(clock.Now), days = options.Value.Reminders, suspend = options.Value.SuspendAfterDays, last, EachDue.AtOnce }, cancellationToken),
        id => RemindAsync(id, cancellationToken),
        logger.ReminderIsStuck);

    private async Task RemindAsync(Guid transactionId, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var today = clock.DayOf(now);
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<MembershipRow>(
            $"""
            select {MembershipRow.Columns} from memberships
            where id = (select membership_id from membership_fees where transaction_id = @transactionId) for update skip locked
            """, new { transactionId }, cancellationToken) is not { } membership)
        {
            return;
        }

        // Looked at again: it may have been paid, or another run have been here.
        var suspend = options.Value.SuspendAfterDays;
        if (await change.FindAsync<Fee>(
            $"select transactions.amount, transactions.description, fee.due_on, fee.reminders from {Fees} and {Due} and transactions.id = @transactionId",
            new { today, days = options.Value.Reminders, suspend, transactionId }, cancellationToken) is not { } fee)
        {
            return;
        }

        var number = options.Value.Reminders.Count(days => fee.DueOn.AddDays(days) <= today);
        if (number > fee.Reminders)
        {
            await change.WriteAsync(
                """
                update membership_fees set reminders = @number where transaction_id = @transactionId;
                update memberships set status = 'past_due' where id = @Id and status = 'active'
                """, new { transactionId, membership.Id, number }, cancellationToken);
            change.Publish(new PaymentReminder(
                transactionId, membership.Id, membership.MemberId, fee.Amount, membership.Currency, fee.Description, fee.DueOn, number,
                fee.DueOn.AddDays(suspend), now));
        }

        if (membership.Runs && fee.DueOn.AddDays(suspend) <= today)
        {
            await SuspendAsync(change, membership, now, cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
    }

    private static async Task SuspendAsync(Change change, MembershipRow membership, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var owed = await change.FindAsync<decimal>($"select coalesce(sum(transactions.amount), 0) from {Fees} and memberships.id = @Id", new { membership.Id }, cancellationToken);
        await change.WriteAsync("update memberships set status = 'suspended', pause_months = null where id = @Id", new { membership.Id }, cancellationToken);
        var offer = await change.FindOfferAsync(membership.OfferId, cancellationToken);
        change.Publish(new MembershipSuspended(membership.Id, membership.MemberId, offer!.PlanId, owed, membership.Currency, now, membership.TeamId));
    }

    private sealed record Fee(decimal Amount, string Description, DateOnly DueOn, int Reminders);
}
