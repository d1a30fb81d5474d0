using Microsoft.AspNetCore.Mvc;
using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Teams;

/// <summary>From the next booking on the member pays. What the team has paid stays paid.</summary>
internal static class RemoveFromTeam
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, [FromRoute(Name = "member_id")] Guid memberId, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var removed = await change.ExecuteAsync(
            "delete from team_members where team_id = @id and member_id = @memberId", new { id, memberId }, cancellationToken);
        if (removed == 0)
        {
            return Problems.NotFound("not-in-team", "The member is not in this team.");
        }

        await change.TellPlansAsync([memberId], time.GetStoredNow(), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
