using Microsoft.AspNetCore.Mvc;
using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Events;

internal static class RemoveFromRoster
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, [FromRoute(Name = "member_id")] Guid memberId, Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.TakeEventAsync(id, user, cancellationToken) is not { } row)
        {
            return EventProblems.NotFound();
        }

        if (RosterProblems.RefusalOf(row) is { } refusal)
        {
            return refusal;
        }

        if (await change.FindAsync<Guid?>(
            "select member_id from attendance where event_id = @id and member_id = @memberId", new { id, memberId }, cancellationToken) is not null)
        {
            return RosterProblems.Attended([memberId]);
        }

        if (await change.ExecuteAsync(
            "delete from event_roster where event_id = @id and member_id = @memberId", new { id, memberId }, cancellationToken) == 0)
        {
            return Problems.NotFound("not-on-roster", "This member is not on the roster.");
        }

        await change.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
