using Portico.Platform.Data;

namespace Portico.Members.Features.Profiles;

internal static class ShowProfile
{
    public static async Task<Results<Ok<ProfileResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<MembersModule> database, CancellationToken cancellationToken) =>
        await database.FindAsync<ProfileResponse>(
            $"select {ProfileResponse.Columns} from profiles where id = @id", new { id }, cancellationToken) is { } profile
            ? TypedResults.Ok(profile)
            : ProfileProblems.NotFound();
}
