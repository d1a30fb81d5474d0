using Portico.Platform.Data;

namespace Portico.Bookings.Features.Plans;

internal static class ShowPlan
{
    public static async Task<Results<Ok<PlanResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, CancellationToken cancellationToken) =>
        await database.FindAsync<PlanResponse>($"select {PlanResponse.Columns} from plans where id = @id", new { id }, cancellationToken) is { } plan
            ? TypedResults.Ok(plan)
            : PlanProblems.NotFound();
}
