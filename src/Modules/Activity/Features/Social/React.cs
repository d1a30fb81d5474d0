using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Activity.Features.Social;

/// <summary>One of each kind per member and entry, however often it is said.</summary>
internal static class React
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, [AllowedValues("like", "love", "clap", "thanks")] string kind, Database<ActivityModule> database, CurrentUser user,
        CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        // Locked, so that it is not deleted in between.
        if (await change.FindAsync<Guid?>(Shown, new { id }, cancellationToken) is null)
        {
            return SocialProblems.NotFound();
        }

        await change.ExecuteAsync(
            "insert into reactions (entry_id, member_id, kind) values (@id, @caller, @kind) on conflict do nothing", new { id, caller = user.Id, kind }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> HandleNoMore(
        Guid id, [AllowedValues("like", "love", "clap", "thanks")] string kind, Database<ActivityModule> database, CurrentUser user,
        CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<Guid?>(Shown, new { id }, cancellationToken) is null)
        {
            return SocialProblems.NotFound();
        }

        await change.ExecuteAsync(
            "delete from reactions where entry_id = @id and member_id = @caller and kind = @kind", new { id, caller = user.Id, kind }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private const string Shown = "select id from social_entries where id = @id and removed_at is null for share";
}
