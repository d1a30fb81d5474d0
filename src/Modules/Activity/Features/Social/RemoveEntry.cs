using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Activity.Features.Social;

/// <summary>Why it is taken down.</summary>
public sealed record RemoveEntryRequest([property: Required, StringLength(500, MinimumLength = 1)] string Reason);

/// <summary>It is shown to nobody any more, and kept with who took it down and why.</summary>
internal static class RemoveEntry
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, RemoveEntryRequest request, Database<ActivityModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.ExecuteAsync(
            "update social_entries set removed_by = @by, removed_reason = @Reason, removed_at = @now where id = @id and removed_at is null",
            new { id, by = user.Id, request.Reason, now = time.GetStoredNow() }, cancellationToken) == 0)
        {
            return SocialProblems.NotFound();
        }

        await change.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
