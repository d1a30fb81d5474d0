using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Members.Features.Events;

/// <summary>An event that staff closed, and how many turned absent by it.</summary>
public sealed record ClosedEventResponse(EventResponse Event, int Absent);

internal static class CloseEvent
{
    public static async Task<Results<Ok<ClosedEventResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<MembersModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.TakeEventAsync(id, user, cancellationToken) is not { } row)
        {
            return EventProblems.NotFound();
        }

        if (EventProblems.RefusalOf(row) is { } refusal)
        {
            return refusal;
        }

        // Nobody could have come yet: such an event is cancelled, not closed.
        if (now < row.CheckInOpensAt)
        {
            return EventProblems.NotOpenYet(row.CheckInOpensAt);
        }

        var (closed, absent) = await change.CloseAsync(id, user.Id, now, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(new ClosedEventResponse(EventResponse.Of(closed), absent));
    }
}
