using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Plans;

internal static class TakeMemberPlan
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var taken = await change.TakePlanAsync(id, null, time.GetStoredNow(), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return taken ? TypedResults.NoContent() : Problems.NotFound("member-plan-not-found", "The member has no plan.");
    }
}
