using Portico.Platform.Data;

namespace Portico.Bookings.Features.Plans;

internal static class ListPlans
{
    /// <param name="retired">Those that are no longer offered, too.</param>
    public static async Task<Ok<IReadOnlyList<PlanResponse>>> Handle(
        bool? retired, Database<BookingsModule> database, CancellationToken cancellationToken) =>
        TypedResults.Ok(await database.QueryAsync<PlanResponse>(
            $"select {PlanResponse.Columns} from plans where retired_at is null or @all order by lower(name), id",
            new { all = retired ?? false }, cancellationToken));
}
