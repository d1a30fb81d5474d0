using Portico.Bookings.Data;
using Portico.Bookings.Features.Plans;
using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Teams;

/// <summary>Hours of a month that were given by an earlier plan stay.</summary>
internal static class SetTeamPlan
{
    public static async Task<Results<Ok<TeamResponse>, ProblemHttpResult>> HandleGive(
        Guid id, GivePlanRequest request, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var (plan, refusal) = await change.HoldPlanAsync(request.PlanId!.Value, cancellationToken);
        return plan is null ? refusal! : await SetAsync(change, id, plan.Id, time.GetStoredNow(), cancellationToken);
    }

    public static async Task<Results<Ok<TeamResponse>, ProblemHttpResult>> HandleTake(
        Guid id, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        return await SetAsync(change, id, null, time.GetStoredNow(), cancellationToken);
    }

    private static async Task<Results<Ok<TeamResponse>, ProblemHttpResult>> SetAsync(
        Change change, Guid id, Guid? planId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await change.SetTeamPlanAsync(id, planId, now, cancellationToken);
        var team = await change.FindAsync<TeamResponse>($"select {TeamResponse.Columns} from teams where id = @id", new { id }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return team is null ? TeamProblems.NotFound() : TypedResults.Ok(team);
    }
}
