using Portico.Platform.Web;

namespace Portico.Auth.Accounts;

internal static class TakenProblems
{
    public static ProblemHttpResult ToProblem(this Taken taken) => taken == Taken.Email
        ? Problems.Conflict("email-taken", "There is an account with this e-mail address.")
        : Problems.Conflict("username-taken", "There is an account with this name.");
}
