using Portico.Platform.Data;

namespace Portico.Bookings.Data;

/// <summary>A team's plan and its seats, whether staff gave the plan or a membership brings both.</summary>
internal static class TeamPlans
{
    /// <summary>Its people have this plan, or none. Answers whether there is such a team.</summary>
    public static async Task<bool> SetTeamPlanAsync(this Change change, Guid teamId, Guid? planId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await change.ExecuteAsync("update teams set plan_id = @planId where id = @teamId", new { teamId, planId }, cancellationToken) == 1;
        await change.TellPlansAsync(teamId, now, cancellationToken);
        return known;
    }

    /// <summary>Takes the plan away, if it is still this one.</summary>
    public static async Task TakeTeamPlanAsync(this Change change, Guid teamId, Guid planId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await change.ExecuteAsync("update teams set plan_id = null where id = @teamId and plan_id = @planId", new { teamId, planId }, cancellationToken);
        await change.TellPlansAsync(teamId, now, cancellationToken);
    }

    /// <summary>How many may be in it from now on; who is in it stays. Null: however many.</summary>
    public static Task SetSeatsAsync(this Change change, Guid teamId, int? seats, CancellationToken cancellationToken) =>
        change.ExecuteAsync("update teams set seats = @seats where id = @teamId", new { teamId, seats }, cancellationToken);

    private static async Task TellPlansAsync(this Change change, Guid teamId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var members = await change.QueryAsync<Guid>("select member_id from team_members where team_id = @teamId", new { teamId }, cancellationToken);
        await change.TellPlansAsync([.. members], now, cancellationToken);
    }
}
