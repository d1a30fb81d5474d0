using Microsoft.AspNetCore.Mvc;
using Portico.Payments.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Memberships;

/// <summary>One that was to end goes on, while its last period runs.</summary>
internal static class KeepMembership
{
    public static Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> HandleMine(
        Database<PaymentsModule> database, HouseClock clock, CurrentUser user, CancellationToken cancellationToken) =>
        KeepAsync(MembershipOwner.Member(user.Id), database, clock, cancellationToken);

    public static Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, Database<PaymentsModule> database, HouseClock clock, CancellationToken cancellationToken) =>
        KeepAsync(MembershipOwner.Member(memberId), database, clock, cancellationToken);

    public static Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> HandleTeams(
        [FromRoute(Name = "team_id")] Guid teamId, Database<PaymentsModule> database, HouseClock clock, CancellationToken cancellationToken) =>
        KeepAsync(MembershipOwner.Team(teamId), database, clock, cancellationToken);

    private static async Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> KeepAsync(
        MembershipOwner owner, Database<PaymentsModule> database, HouseClock clock, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockMembershipAsync(owner, cancellationToken) is not { } membership)
        {
            return MembershipProblems.NotFound();
        }

        // One whose last day is over is only waiting for the run that ends it.
        if (membership.CancelAt is not { } end || end <= clock.DayOf(clock.Now))
        {
            return MembershipProblems.NotOpen(membership.Status);
        }

        await change.WriteAsync("update memberships set cancel_at = null where id = @Id", new { membership.Id }, cancellationToken);
        return await change.AnswerAsync(membership.Id, cancellationToken);
    }
}
