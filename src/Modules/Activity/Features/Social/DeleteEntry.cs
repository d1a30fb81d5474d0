using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Activity.Features.Social;

internal static class DeleteEntry
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Database<ActivityModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.ExecuteAsync(
            "delete from social_entries where id = @id and member_id = @caller and removed_at is null", new { id, caller = user.Id }, cancellationToken) == 0)
        {
            return SocialProblems.NotFound();
        }

        await change.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
