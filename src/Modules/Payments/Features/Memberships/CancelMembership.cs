using Microsoft.AspNetCore.Mvc;
using Portico.Payments.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Memberships;

/// <summary>It ends with the period that was charged; one that rests or is suspended ends at once.</summary>
internal static class CancelMembership
{
    public static Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> HandleMine(
        Database<PaymentsModule> database, HouseClock clock, CurrentUser user, CancellationToken cancellationToken) =>
        CancelAsync(MembershipOwner.Member(user.Id), database, clock.Now, cancellationToken);

    public static Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, Database<PaymentsModule> database, HouseClock clock, CancellationToken cancellationToken) =>
        CancelAsync(MembershipOwner.Member(memberId), database, clock.Now, cancellationToken);

    public static Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> HandleTeams(
        [FromRoute(Name = "team_id")] Guid teamId, Database<PaymentsModule> database, HouseClock clock, CancellationToken cancellationToken) =>
        CancelAsync(MembershipOwner.Team(teamId), database, clock.Now, cancellationToken);

    private static async Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> CancelAsync(
        MembershipOwner owner, Database<PaymentsModule> database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockMembershipAsync(owner, cancellationToken) is not { } membership)
        {
            return MembershipProblems.NotFound();
        }

        if (membership.Runs)
        {
            await change.WriteAsync(
                "update memberships set cancel_at = period_end, pause_months = null where id = @Id", new { membership.Id }, cancellationToken);
        }
        else
        {
            await change.EndAsync(membership, now, cancellationToken);
        }

        return await change.AnswerAsync(membership.Id, cancellationToken);
    }
}
