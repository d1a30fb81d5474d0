using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Members.Features.Profiles;

internal static class ShowMyProfile
{
    public static async Task<Results<Ok<ProfileResponse>, ProblemHttpResult>> Handle(
        Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken) =>
        await database.FindAsync<ProfileResponse>(
            $"select {ProfileResponse.Columns} from profiles where id = @Id", new { user.Id }, cancellationToken) is { } profile
            ? TypedResults.Ok(profile)
            : ProfileProblems.NotReady();
}
