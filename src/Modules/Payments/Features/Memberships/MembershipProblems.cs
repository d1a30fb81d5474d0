using Portico.Platform.Web;

namespace Portico.Payments.Features.Memberships;

internal static class MembershipProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("membership-not-found", "There is no membership.");

    public static ProblemHttpResult Exists() => Problems.Conflict("membership-exists", "There is a membership already. Change it instead.");

    public static ProblemHttpResult NotOpen(string status) =>
        Problems.Conflict("membership-not-open", "This cannot be done to the membership as it stands.", ("state", status));

    public static ProblemHttpResult FeesOwed() => Problems.Conflict("fees-owed", "Something is owed for an earlier membership. Pay that first.");

    public static ProblemHttpResult NoTeam() => Problems.NotFound("team-not-found", "There is no such team.");

    public static ProblemHttpResult NoPlan() => Problems.Conflict("offer-without-plan", "A team's membership brings its people a plan, and this one has none.");

    public static ProblemHttpResult SeatsTaken(int members) =>
        Problems.Conflict("seats-taken", "More people than that are in the team. Take some out of it first.", ("members", members));

    public static ProblemHttpResult NoOffer() => Problems.NotFound("offer-not-found", "There is no such offer.");

    public static ProblemHttpResult NameTaken() => Problems.Conflict("offer-name-taken", "There is an offer with this name.");

    public static ProblemHttpResult OtherCurrency(string currency) =>
        Problems.Conflict("offer-in-other-currency", "A membership stays in its currency.", ("currency", currency));
}
