using Microsoft.AspNetCore.Mvc;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Memberships;

/// <summary>A membership and what it was charged for.</summary>
/// <param name="Periods">The last twelve, newest first.</param>
public sealed record ShownMembershipResponse(MembershipResponse Membership, IReadOnlyList<MembershipPeriod> Periods);

/// <summary>A month that was charged.</summary>
/// <param name="PeriodEnd">The first day after it.</param>
/// <param name="CreditUsed">What of the price was left over of earlier ones.</param>
/// <param name="TransactionId">What was charged; null where nothing was left to be paid.</param>
public sealed record MembershipPeriod(DateOnly PeriodStart, DateOnly PeriodEnd, string Offer, decimal Price, decimal CreditUsed, Guid? TransactionId);

/// <summary>The one that is, or was last.</summary>
internal static class ShowMembership
{
    public static Task<Results<Ok<ShownMembershipResponse>, ProblemHttpResult>> HandleMine(
        Database<PaymentsModule> database, CurrentUser user, CancellationToken cancellationToken) => ReadAsync(user.Id, database, cancellationToken);

    public static Task<Results<Ok<ShownMembershipResponse>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, Database<PaymentsModule> database, CancellationToken cancellationToken) =>
        ReadAsync(memberId, database, cancellationToken);

    private static async Task<Results<Ok<ShownMembershipResponse>, ProblemHttpResult>> ReadAsync(
        Guid memberId, Database<PaymentsModule> database, CancellationToken cancellationToken)
    {
        if (await database.FindAsync<MembershipResponse>(
            $"select {MembershipResponse.Columns} from {MembershipResponse.Tables} where member_id = @memberId order by memberships.id desc limit 1",
            new { memberId }, cancellationToken) is not { } membership)
        {
            return MembershipProblems.NotFound();
        }

        var periods = await database.QueryAsync<MembershipPeriod>(
            """
            select period_start, period_end, offer.name as offer, period.price, credit_used, transaction_id
            from membership_periods as period join membership_offers as offer on offer.id = period.offer_id
            where membership_id = @Id order by period_start desc limit 12
            """, new { membership.Id }, cancellationToken);
        return TypedResults.Ok(new ShownMembershipResponse(membership, periods));
    }
}
