using System.ComponentModel.DataAnnotations;
using Npgsql;
using Portico.Bookings.Features.Plans;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Teams;

/// <summary>A new team, with a plan or without.</summary>
public sealed record AddTeamRequest(
    [property: Required, StringLength(100), RegularExpression(@"(?s).*\S.*", ErrorMessage = "A name is needed.")] string Name,
    Guid? PlanId = null);

internal static class AddTeam
{
    public static async Task<Results<Created<TeamResponse>, ProblemHttpResult>> Handle(
        AddTeamRequest request, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (request.PlanId is { } planId && await change.HoldPlanAsync(planId, cancellationToken) is { Refusal: { } refusal })
        {
            return refusal;
        }

        try
        {
            var added = await change.FindAsync<TeamResponse>(
                $"""
                insert into teams (id, name, plan_id, created_at) values (@id, @name, @PlanId, @now)
                returning {TeamResponse.Columns}
                """, new { id = Guid.CreateVersion7(now), name = request.Name.Trim(), request.PlanId, now }, cancellationToken);
            await change.CommitAsync(cancellationToken);
            return TypedResults.Created($"/api/bookings/teams/{added!.Id}", added);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return TeamProblems.NameTaken();
        }
    }
}
