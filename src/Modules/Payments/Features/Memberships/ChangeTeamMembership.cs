using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Contracts.Bookings;
using Portico.Payments.Documents;
using Portico.Payments.Data;
using Portico.Platform.Data;

namespace Portico.Payments.Features.Memberships;

/// <summary>What a team's membership is to have from today; what is left out stays.</summary>
public sealed record ChangeTeamMembershipRequest(Guid? OfferId = null, [property: Range(1, 1000)] int? Seats = null);

/// <summary>As a member's is changed, by days. Never for fewer people than are in the team.</summary>
internal static class ChangeTeamMembership
{
    public static async Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> Handle(
        [FromRoute(Name = "team_id")] Guid teamId, ChangeTeamMembershipRequest request, Database<PaymentsModule> database, ITeams teams, HouseClock clock, Invoices invoices,
        CancellationToken cancellationToken)
    {
        if (request.Seats is { } seats && await teams.FindAsync(teamId, cancellationToken) is { } team && team.Members > seats)
        {
            return MembershipProblems.SeatsTaken(team.Members);
        }

        return await ChangeMembership.ChangeAsync(MembershipOwner.Team(teamId), request.OfferId, request.Seats, database, clock, invoices, cancellationToken);
    }
}
