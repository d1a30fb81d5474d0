using Portico.Platform.Web;

namespace Portico.Activity.Features.Social;

internal static class SocialProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("entry-not-found", "There is no such entry.");
}
