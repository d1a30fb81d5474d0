using Portico.Contracts.Bookings;
using Portico.Contracts.Payments;
using Portico.Payments.Data;
using Portico.Payments.Documents;
using Portico.Payments.Providers;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Payments.Messages;

/// <summary>
/// Who has a plan, by what Bookings tells and by memberships. Visits and plans are told by different modules and arrive in any order:
/// days that were covered before the news came are looked at again.
/// </summary>
internal sealed class FollowPlans(HouseClock clock, Invoices invoices, ProviderBell bell) :
    IHandleEvent<PlanGiven>, IHandleEvent<PlanTaken>, IHandleEvent<MembershipStarted>, IHandleEvent<MembershipResumed>
{
    public async Task HandleAsync(PlanGiven fact, Change change, CancellationToken cancellationToken)
    {
        var since = clock.DayOf(fact.Since);
        await change.LockPassesAsync(fact.MemberId, cancellationToken);
        await change.ExecuteAsync(
            """
            insert into plan_days (member_id, plan_id, first_day) values (@MemberId, @PlanId, @since)
            on conflict (member_id) where last_day is null do update set plan_id = excluded.plan_id, first_day = least(plan_days.first_day, excluded.first_day)
            """, new { fact.MemberId, fact.PlanId, since }, cancellationToken);
        await LookAgainAsync(change, fact.MemberId, since, cancellationToken);
    }

    public async Task HandleAsync(PlanTaken fact, Change change, CancellationToken cancellationToken)
    {
        var last = clock.DayOf(fact.At);
        await change.LockPassesAsync(fact.MemberId, cancellationToken);
        await change.ExecuteAsync(
            "update plan_days set last_day = greatest(first_day, @last) where member_id = @MemberId and last_day is null", new { fact.MemberId, last }, cancellationToken);
        await LookAgainAsync(change, fact.MemberId, last, cancellationToken);
    }

    public Task HandleAsync(MembershipStarted fact, Change change, CancellationToken cancellationToken) =>
        LookAgainAsync(change, fact.MemberId, clock.DayOf(fact.At), cancellationToken);

    public Task HandleAsync(MembershipResumed fact, Change change, CancellationToken cancellationToken) =>
        LookAgainAsync(change, fact.MemberId, clock.DayOf(fact.At), cancellationToken);

    private async Task LookAgainAsync(Change change, Guid memberId, DateOnly from, CancellationToken cancellationToken)
    {
        await change.LockPassesAsync(memberId, cancellationToken);
        var now = clock.Now;
        List<InvoiceDraft> drafts = [];
        foreach (var visit in await change.QueryAsync<VisitedDayRow>(
            $"""
            select {VisitedDayRow.Columns} from visited_days
            where member_id = @memberId and day >= @from and covered_by in ('pass', 'door', 'plan') order by day, visit_id
            """, new { memberId, from }, cancellationToken))
        {
            var plan = await change.FindPlanAsync(visit, cancellationToken);
            if (visit.PassId is not null && plan is not null)
            {
                await change.ReturnAsync(visit, plan, null, null, now, cancellationToken);
            }
            else if (visit.PassId is null && plan is null && await change.CoverAsync(visit, now, cancellationToken) is { } draft)
            {
                drafts.Add(draft);
            }
        }

        foreach (var draft in drafts)
        {
            await invoices.IssueAsync(change, draft, cancellationToken);
        }

        change.AfterCommit(bell.Ring);
    }
}
