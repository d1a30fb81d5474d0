using Microsoft.AspNetCore.Mvc;
using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Members.Features.Events;

internal static class AddToRoster
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, [FromRoute(Name = "member_id")] Guid memberId, Database<MembersModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
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

        if (await change.FindUnknownAsync([memberId], cancellationToken) is { Count: > 0 } unknown)
        {
            return RosterProblems.Unknown(unknown);
        }

        await change.AddToRosterAsync(id, [memberId], user.Id, time.GetUtcNow(), cancellationToken);
        if (await change.FindAsync<long>("select count(*) from event_roster where event_id = @id", new { id }, cancellationToken) > RosterQueries.Longest)
        {
            return RosterProblems.TooLong();
        }

        await change.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
