using Portico.Members.Domain.Visits;
using Portico.Platform.Data;

namespace Portico.Members.Data;

/// <summary>Carries out what <see cref="DoorRule"/> decided.</summary>
internal static class VisitChanges
{
    /// <summary>The visit that began or, when none did, the one that ended.</summary>
    public static async Task<Guid> ApplyAsync(
        this Change change, Guid memberId, Passage passage, DoorDecision decision, Visit? current, Actor by, TimeProvider time, CancellationToken cancellationToken)
    {
        // The end first: for a moment the other order would have the member in two places.
        if (decision.Ends is { } ends)
        {
            var actor = ends.ClosedBy == VisitEnd.ClosingTime ? null : by;
            await change.EndAsync(memberId, current!, ends.At, ends.ClosedBy, actor, cancellationToken);
        }

        if (decision.Begins is not { } begins)
        {
            return current!.Id;
        }

        var visitId = Guid.CreateVersion7(time.GetUtcNow());
        await change.BeginAsync(visitId, memberId, passage, begins, by, cancellationToken);
        return visitId;
    }
}
