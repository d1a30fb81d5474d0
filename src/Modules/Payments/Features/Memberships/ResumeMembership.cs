using Microsoft.AspNetCore.Mvc;
using Portico.Contracts.Payments;
using Portico.Payments.Data;
using Portico.Payments.Documents;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Memberships;

/// <summary>One that rests goes on today with a new period, which is owed at once; one that would rest later will not.</summary>
internal static class ResumeMembership
{
    public static Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> HandleMine(
        Database<PaymentsModule> database, HouseClock clock, Invoices invoices, CurrentUser user, CancellationToken cancellationToken) =>
        ResumeAsync(MembershipOwner.Member(user.Id), database, clock, invoices, cancellationToken);

    public static Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, Database<PaymentsModule> database, HouseClock clock, Invoices invoices, CancellationToken cancellationToken) =>
        ResumeAsync(MembershipOwner.Member(memberId), database, clock, invoices, cancellationToken);

    public static Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> HandleTeams(
        [FromRoute(Name = "team_id")] Guid teamId, Database<PaymentsModule> database, HouseClock clock, Invoices invoices, CancellationToken cancellationToken) =>
        ResumeAsync(MembershipOwner.Team(teamId), database, clock, invoices, cancellationToken);

    private static async Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> ResumeAsync(
        MembershipOwner owner, Database<PaymentsModule> database, HouseClock clock, Invoices invoices, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockMembershipAsync(owner, cancellationToken) is not { } membership)
        {
            return MembershipProblems.NotFound();
        }

        if (membership.Status == "paused")
        {
            var offer = await change.FindOfferAsync(membership, cancellationToken);
            var begun = await change.BeginAnewAsync(membership, offer, invoices, clock.DayOf(now), now, cancellationToken);
            change.Publish(new MembershipResumed(begun.Id, membership.MemberId, offer.PlanId, begun.PeriodStart, begun.PeriodEnd, now, membership.TeamId));
        }
        else if (membership.PauseMonths is not null)
        {
            await change.WriteAsync("update memberships set pause_months = null where id = @Id", new { membership.Id }, cancellationToken);
        }
        else
        {
            return MembershipProblems.NotOpen(membership.Status);
        }

        return await change.AnswerAsync(membership.Id, cancellationToken);
    }
}
