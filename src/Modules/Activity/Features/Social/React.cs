using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Activity.Features.Social;

/// <summary>One of each kind per member and entry, however often it is said.</summary>
internal static class React
{
    public static Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, [AllowedValues("like", "love", "clap", "thanks")] string kind, Database<ActivityModule> database, CurrentUser user,
        CancellationToken cancellationToken) => WriteAsync(
            "insert into reactions (entry_id, member_id, kind) values (@id, @caller, @kind) on conflict do nothing",
            id, kind, database, user, cancellationToken);

    public static Task<Results<NoContent, ProblemHttpResult>> HandleNoMore(
        Guid id, [AllowedValues("like", "love", "clap", "thanks")] string kind, Database<ActivityModule> database, CurrentUser user,
        CancellationToken cancellationToken) => WriteAsync(
            "delete from reactions where entry_id = @id and member_id = @caller and kind = @kind", id, kind, database, user, cancellationToken);

    private static async Task<Results<NoContent, ProblemHttpResult>> WriteAsync(
        string sql, Guid id, string kind, Database<ActivityModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        // Locked, so that it is not deleted in between.
        if (await change.FindAsync<Guid?>(
            "select id from social_entries where id = @id and removed_at is null for share", new { id }, cancellationToken) is null)
        {
            return SocialProblems.NotFound();
        }

        await change.ExecuteAsync(sql, new { id, caller = user.Id, kind }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
