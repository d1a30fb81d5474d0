using Portico.Platform.Web;

namespace Portico.Bookings.Features.Plans;

/// <summary>What several features say about plans and credits.</summary>
internal static class PlanProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("plan-not-found", "There is no such plan.");

    public static ProblemHttpResult NameTaken() => Problems.Conflict("plan-name-taken", "There is a plan with this name.");

    public static ProblemHttpResult Retired() => Problems.Conflict("plan-retired", "Nobody gets this plan any more.");

    public static ProblemHttpResult MemberNotFound() => Problems.NotFound("member-not-found", "There is no such member.");

    public static ProblemHttpResult WrongCursor() => Problems.Invalid("after", "This is not the `next` of a page.");
}
