using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Profiles;

/// <summary>A profile as its owner sees it.</summary>
public sealed record ProfileResponse(
    Guid Id, string Username, string? Email, string? Name, string? Surname, string Role, string Language, string? TimeZone, DateTimeOffset CreatedAt);

internal static class ShowMyProfile
{
    public static async Task<Results<Ok<ProfileResponse>, ProblemHttpResult>> Handle(
        Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken) =>
        await database.FindAsync<ProfileResponse>(
            "select id, username, email, name, surname, role, language, time_zone, created_at from profiles where id = @Id",
            new { user.Id }, cancellationToken) is { } profile
            ? TypedResults.Ok(profile)
            : Problems.NotFound("profile-not-ready", "The profile is being made. Try again in a moment.");
}
