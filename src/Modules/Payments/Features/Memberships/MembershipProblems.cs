using Portico.Platform.Web;

namespace Portico.Payments.Features.Memberships;

internal static class MembershipProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("membership-not-found", "There is no membership.");

    public static ProblemHttpResult Exists() => Problems.Conflict("membership-exists", "There is a membership already. Change it instead.");

    public static ProblemHttpResult NotOpen(string status) =>
        Problems.Conflict("membership-not-open", "This cannot be done to the membership as it stands.", ("status", status));

    public static ProblemHttpResult FeesOwed() => Problems.Conflict("fees-owed", "Something is owed for an earlier membership. Pay that first.");

    public static ProblemHttpResult NoOffer() => Problems.NotFound("offer-not-found", "There is no such offer.");

    public static ProblemHttpResult NameTaken() => Problems.Conflict("offer-name-taken", "There is an offer with this name.");

    public static ProblemHttpResult OtherCurrency(string currency) =>
        Problems.Conflict("offer-in-other-currency", "A membership stays in its currency.", ("currency", currency));
}
