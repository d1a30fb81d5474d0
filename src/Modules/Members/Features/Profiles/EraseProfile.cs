using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Members.Features.Profiles;

/// <summary>
/// Erases what a member said of themselves. The account itself is Auth's to delete; deleting it erases all of this, too.
/// </summary>
internal static class EraseProfile
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Database<MembersModule> database, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var status = await change.FindAsync<string>("select status from profiles where id = @id for update", new { id }, cancellationToken);
        switch (status)
        {
            case null:
                return ProfileProblems.NotFound();
            case "active":
                return Problems.Conflict(
                    "account-active", "The account is in use. Delete it, or suspend it first.", ("delete", $"/api/auth/admin/users/{id}"));
            default:
                await change.ExecuteAsync(
                    "update profiles set phone = null, company = null, bio = null, time_zone = null, language = 'en' where id = @id",
                    new { id }, cancellationToken);
                await change.CommitAsync(cancellationToken);
                return TypedResults.NoContent();
        }
    }
}
