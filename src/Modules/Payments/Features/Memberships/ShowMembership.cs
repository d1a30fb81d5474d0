using Microsoft.AspNetCore.Mvc;
using Portico.Payments.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Memberships;

/// <summary>A membership and what it was charged for.</summary>
/// <param name="Periods">The last twelve, newest first.</param>
/// <param name="Collections">What was asked of the saved card for it, the last twelve times, newest first.</param>
public sealed record ShownMembershipResponse(MembershipResponse Membership, IReadOnlyList<MembershipPeriod> Periods, IReadOnlyList<FeeCollection> Collections);

/// <summary>Once that a saved card was asked for a fee.</summary>
/// <param name="Attempt">1 when it was charged, one more with each reminder.</param>
/// <param name="Status">Of the payment: <c>creating</c>, <c>processing</c>, <c>succeeded</c> or <c>canceled</c>.</param>
/// <param name="Failure">Why it was declined, such as <c>insufficient_funds</c>.</param>
/// <param name="PayByHand">Whether the bank wants to ask the card's owner, so that its member has to pay it.</param>
public sealed record FeeCollection(
    Guid TransactionId, int Attempt, Guid PaymentId, decimal Amount, string Status, string? Failure, bool PayByHand, DateTimeOffset At);

/// <summary>A month that was charged.</summary>
/// <param name="PeriodEnd">The first day after it.</param>
/// <param name="CreditUsed">What of the price was left over of earlier ones.</param>
/// <param name="TransactionId">What was charged; null where nothing was left to be paid.</param>
public sealed record MembershipPeriod(DateOnly PeriodStart, DateOnly PeriodEnd, string Offer, decimal Price, decimal CreditUsed, Guid? TransactionId);

/// <summary>The one that is, or was last.</summary>
internal static class ShowMembership
{
    public static Task<Results<Ok<ShownMembershipResponse>, ProblemHttpResult>> HandleMine(
        Database<PaymentsModule> database, CurrentUser user, CancellationToken cancellationToken) => ReadAsync(MembershipOwner.Member(user.Id), database, cancellationToken);

    public static Task<Results<Ok<ShownMembershipResponse>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, Database<PaymentsModule> database, CancellationToken cancellationToken) =>
        ReadAsync(MembershipOwner.Member(memberId), database, cancellationToken);

    public static Task<Results<Ok<ShownMembershipResponse>, ProblemHttpResult>> HandleTeams(
        [FromRoute(Name = "team_id")] Guid teamId, Database<PaymentsModule> database, CancellationToken cancellationToken) =>
        ReadAsync(MembershipOwner.Team(teamId), database, cancellationToken);

    private static async Task<Results<Ok<ShownMembershipResponse>, ProblemHttpResult>> ReadAsync(
        MembershipOwner owner, Database<PaymentsModule> database, CancellationToken cancellationToken)
    {
        if (await database.FindAsync<MembershipResponse>(
            $"select {MembershipResponse.Columns} from {MembershipResponse.Tables} where {owner.Sql} order by memberships.id desc limit 1",
            new { owner.Id }, cancellationToken) is not { } membership)
        {
            return MembershipProblems.NotFound();
        }

        var periods = await database.QueryAsync<MembershipPeriod>(
            """
            select period_start, period_end, offer.name as offer, period.price, credit_used, transaction_id
            from membership_periods as period join membership_offers as offer on offer.id = period.offer_id
            where membership_id = @Id order by period_start desc limit 12
            """, new { membership.Id }, cancellationToken);
        var collections = await database.QueryAsync<FeeCollection>(
            """
            select collections.transaction_id, attempt, payment_id, amount, status, failure, coalesce(failure = @AsksOwner, false) as pay_by_hand, at
            from collections join membership_fees using (transaction_id) join payments on payments.id = payment_id
            where membership_id = @Id order by at desc limit 12
            """, new { membership.Id, Collections.AsksOwner }, cancellationToken);
        return TypedResults.Ok(new ShownMembershipResponse(membership, periods, collections));
    }
}
