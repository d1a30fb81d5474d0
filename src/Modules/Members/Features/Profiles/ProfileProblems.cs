using Portico.Platform.Web;

namespace Portico.Members.Features.Profiles;

/// <summary>What several features say about a profile.</summary>
internal static class ProfileProblems
{
    /// <summary>The account is there, and the news of it on its way.</summary>
    public static ProblemHttpResult NotReady() => Problems.NotFound("profile-not-ready", "The profile is being made. Try again in a moment.");

    public static ProblemHttpResult NotFound() => Problems.NotFound("member-not-found", "There is no such member.");
}
