using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Members.Features.Events;

internal static class ShowEvent
{
    public static async Task<Results<Ok<EventResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken) =>
        await database.FindAsync<EventRow>(
            $"select {EventRow.Columns} from events where id = @id and {EventSight.Sql}",
            new { id, isAdmin = user.IsAdmin, userId = EventSight.RunnerOf(user), memberId = user.Id }, cancellationToken) is { } row
            ? TypedResults.Ok(EventResponse.Of(row))
            : EventProblems.NotFound();
}
