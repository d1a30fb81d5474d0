using Microsoft.AspNetCore.Mvc;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Locations;

internal static class DismissStaff
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, [FromRoute(Name = "account_id")] Guid accountId, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var dismissed = await change.ExecuteAsync(
            "delete from location_staff where location_id = @id and account_id = @accountId", new { id, accountId }, cancellationToken);
        if (dismissed == 0)
        {
            return Problems.NotFound("staff-not-found", "The account has no duty at this location.");
        }

        change.Publish(new LocationStaffChanged(id, accountId, null, time.GetUtcNow()));
        await change.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
