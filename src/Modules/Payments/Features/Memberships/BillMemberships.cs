using Portico.Contracts.Payments;
using Portico.Payments.Data;
using Portico.Payments.Documents;
using Portico.Payments.Domain;
using Portico.Platform.Data;
using Portico.Platform.Schedules;

namespace Portico.Payments.Features.Memberships;

/// <summary>
/// Moves memberships on whose period is over: charges the next one, lets them rest, wakes or ends them and gives back what is left over, and
/// then collects what is owed, and reminds of what is not paid. Each step is a transaction of its own: whatever stops a run, the next one goes
/// on from there, and two runs at once share the work.
/// </summary>
internal sealed class BillMemberships(
    Database<PaymentsModule> database, CollectFees collections, RemindOfFees reminders, Invoices invoices, HouseClock clock, ILogger<BillMemberships> logger) : IScheduledJob
{
    public const string JobName = "bill-memberships";

    private const string Due =
        """
        ((memberships.status in ('active', 'past_due') and memberships.period_end <= @today)
          or (memberships.status = 'paused' and memberships.paused_until <= @today)
          or (memberships.status = 'suspended' and memberships.cancel_at <= @today)
          or memberships.left_over > 0)
        """;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failed = await EachDue.RunAsync(
            last => database.QueryAsync<Guid>(
                $"select id from memberships where {Due} and (@last::uuid is null or id > @last) order by id limit @AtOnce",
                new { today = clock.DayOf(clock.Now), last, EachDue.AtOnce }, cancellationToken),
            id => BillAsync(id, cancellationToken),
            logger.MembershipIsStuck);
        failed += await collections.RunAsync(cancellationToken);
        failed += await reminders.RunAsync(cancellationToken);
        if (failed > 0)
        {
            throw new InvalidOperationException($"{failed} memberships could not be moved on. The next run tries again.");
        }
    }

    private async Task BillAsync(Guid id, CancellationToken cancellationToken)
    {
        while (await StepAsync(id, cancellationToken))
        {
        }
    }

    /// <summary>Answers whether there was something to do: after a long absence it is several periods.</summary>
    private async Task<bool> StepAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var today = clock.DayOf(now);
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<MembershipRow>(
            $"select {MembershipRow.Columns} from memberships where id = @id and {Due} for update skip locked", new { id, today }, cancellationToken) is not { } membership)
        {
            return false;
        }

        if (membership.Status == "ended")
        {
            // What waits, waits for the next run.
            await change.ReturnAsync(membership, now, cancellationToken);
            await change.CommitAsync(cancellationToken);
            return false;
        }

        var offer = await change.FindOfferAsync(membership, cancellationToken);
        if (membership.CancelAt <= today)
        {
            await change.EndAsync(membership, now, cancellationToken);
        }
        else if (membership.PausedUntil is { } start)
        {
            var period = BillingPeriod.From(start, membership.AnchorDay);
            var begun = await change.BeginPeriodAsync(membership, offer, period, invoices, today, now, cancellationToken);
            change.Publish(new MembershipResumed(id, membership.MemberId, offer.PlanId, begun.PeriodStart, begun.PeriodEnd, now, membership.TeamId));
        }
        else if (membership.PauseMonths is { } months)
        {
            var until = BillingPeriod.Later(membership.PeriodEnd, membership.AnchorDay, months);
            await change.WriteAsync(
                "update memberships set status = 'paused', pause_months = null, paused_until = @until where id = @id", new { id, until }, cancellationToken);
            change.Publish(new MembershipPaused(id, membership.MemberId, offer.PlanId, until, now, membership.TeamId));
        }
        else
        {
            await change.BeginPeriodAsync(membership, offer, BillingPeriod.From(membership.PeriodEnd, membership.AnchorDay), invoices, today, now, cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
        return true;
    }
}

internal static partial class BillMembershipsLog
{
    [LoggerMessage(LogLevel.Error, "Membership {Id} could not be moved on")]
    public static partial void MembershipIsStuck(this ILogger logger, Exception exception, Guid id);

    [LoggerMessage(LogLevel.Error, "Nobody could be reminded of {Id}")]
    public static partial void ReminderIsStuck(this ILogger logger, Exception exception, Guid id);
}
