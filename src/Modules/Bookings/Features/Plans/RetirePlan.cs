using Portico.Platform.Data;

namespace Portico.Bookings.Features.Plans;

/// <summary>A plan that is no longer offered. Those who have it keep it, and its name is free for the next.</summary>
internal static class RetirePlan
{
    public static async Task<Results<Ok<PlanResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var retired = await change.FindAsync<PlanResponse>(
            $"update plans set retired_at = coalesce(retired_at, @now) where id = @id returning {PlanResponse.Columns}",
            new { id, now = time.GetUtcNow() }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return retired is null ? PlanProblems.NotFound() : TypedResults.Ok(retired);
    }
}
