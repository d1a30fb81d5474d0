using Npgsql;
using Portico.Platform.Web;

namespace Portico.Payments.Features.DayPasses;

internal static class DayPassProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("day-pass-not-found", "There is no such day pass.");

    public static ProblemHttpResult NoOffer() => Problems.NotFound("offer-not-found", "There is no such offer.");

    public static ProblemHttpResult FeesOwed() => Problems.Conflict("fees-owed", "Something is owed for an earlier day pass. Pay that first.");

    /// <summary>Why the database does not take an offer.</summary>
    public static ProblemHttpResult OfferRefused(PostgresException refusal) => refusal.ConstraintName switch
    {
        "day_pass_offers_one_at_door" => Problems.Conflict("door-offer-exists", "Another day pass is charged at the door there."),
        "day_pass_offers_door_day" => Problems.Invalid("at_door", "A pass that is charged at the door has one day."),
        _ => Problems.Conflict("offer-name-taken", "There is an offer with this name."),
    };

    public static bool IsOfOffer(PostgresException refusal) => refusal.ConstraintName?.StartsWith("day_pass_offers_", StringComparison.Ordinal) == true;
}
