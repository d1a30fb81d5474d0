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
        var team = await change.FindAsync<TeamResponse>(
            $"update teams set plan_id = @planId where id = @id returning {TeamResponse.Columns}", new { id, planId }, cancellationToken);
        var members = await change.QueryAsync<Guid>("select member_id from team_members where team_id = @id", new { id }, cancellationToken);
        await change.TellPlansAsync([.. members], now, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return team is null ? TeamProblems.NotFound() : TypedResults.Ok(team);
    }
}
