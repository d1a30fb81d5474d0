using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Contracts.Bookings;
using Portico.Payments.Data;
using Portico.Payments.Documents;
using Portico.Payments.Domain;
using Portico.Payments.Features.Transactions;
using Portico.Platform.Data;

namespace Portico.Payments.Features.Memberships;

/// <summary>Which membership a team is to have.</summary>
/// <param name="PayerId">The account that is charged: whom the team says.</param>
/// <param name="Seats">For how many people; each costs the offer's price.</param>
public sealed record StartTeamMembershipRequest(
    [property: Required] Guid? OfferId, [property: Required] Guid? PayerId, [property: Required, Range(1, 1000)] int? Seats);

/// <summary>Its first period begins today and is owed at once, by the account that pays.</summary>
internal static class StartTeamMembership
{
    public static async Task<Results<Created<MembershipResponse>, ProblemHttpResult>> Handle(
        [FromRoute(Name = "team_id")] Guid teamId, StartTeamMembershipRequest request, Database<PaymentsModule> database, ITeams teams, HouseClock clock, Invoices invoices,
        CancellationToken cancellationToken)
    {
        if (await teams.FindAsync(teamId, cancellationToken) is not { } team)
        {
            return MembershipProblems.NoTeam();
        }

        if (team.Members > request.Seats!.Value)
        {
            return MembershipProblems.SeatsTaken(team.Members);
        }

        var payerId = request.PayerId!.Value;
        await using var change = await database.BeginAsync(cancellationToken);
        if (!await change.IsMemberAsync(payerId, cancellationToken))
        {
            return TransactionProblems.NoMember();
        }

        if (await change.FindOfferAsync(request.OfferId!.Value, cancellationToken) is not { Active: true } offer)
        {
            return MembershipProblems.NoOffer();
        }

        if (offer.PlanId is null)
        {
            return MembershipProblems.NoPlan();
        }

        if (await change.FindAsync<bool>(
            """
            select exists (
                select from membership_fees as fee join memberships on memberships.id = fee.membership_id join transactions on transactions.id = fee.transaction_id
                where team_id = @teamId and memberships.status = 'ended' and transactions.status = 'owed')
            """, new { teamId }, cancellationToken))
        {
            return MembershipProblems.FeesOwed();
        }

        var now = clock.Now;
        var today = clock.DayOf(now);
        var period = BillingPeriod.From(today, today.Day);
        var membership = new MembershipRow(
            Guid.CreateVersion7(now), payerId, offer.Id, offer.Price * request.Seats.Value, offer.Currency, "active", today.Day, period.Start, period.End, 0, null, null, null, 0,
            teamId, team.Name, request.Seats.Value);
        return await change.BeginAsync(membership, offer, invoices, today, now, cancellationToken);
    }
}
