using System.ComponentModel.DataAnnotations;
using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Members.Features.Events;

/// <summary>Why an event does not take place.</summary>
public sealed record CancelEventRequest([property: Required, StringLength(500)] string Reason);

internal static class CancelEvent
{
    public static async Task<Results<Ok<EventResponse>, ProblemHttpResult>> Handle(
        Guid id, CancelEventRequest request, Database<MembersModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.TakeEventAsync(id, user, cancellationToken) is not { } row)
        {
            return EventProblems.NotFound();
        }

        if (EventProblems.RefusalOf(row) is { } refusal)
        {
            return refusal;
        }

        var cancelled = await change.FindAsync<EventRow>(
            $"""
            update events set cancelled_at = @now, cancelled_by = @by, cancel_reason = @reason
            where id = @id
            returning {EventRow.Columns}
            """, new { id, now = time.GetUtcNow(), by = user.Id, reason = request.Reason.Trim() }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(EventResponse.Of(cancelled!));
    }
}
