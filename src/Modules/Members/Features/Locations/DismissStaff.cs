using Microsoft.AspNetCore.Mvc;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Members.Features.Locations;

internal static class DismissStaff
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, [FromRoute(Name = "account_id")] Guid accountId, Database<MembersModule> database, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var dismissed = await change.ExecuteAsync(
            "delete from location_staff where location_id = @id and account_id = @accountId", new { id, accountId }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return dismissed == 1 ? TypedResults.NoContent() : Problems.NotFound("staff-not-found", "The account has no duty at this location.");
    }
}
