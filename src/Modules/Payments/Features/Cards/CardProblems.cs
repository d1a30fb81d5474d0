using Portico.Platform.Web;

namespace Portico.Payments.Features.Cards;

internal static class CardProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("card-not-found", "There is no such card.");

    public static ProblemHttpResult NotSaved(string status) => Problems.Conflict("card-not-saved", "This card is not saved yet, or no more.", ("state", status));

    public static ProblemHttpResult TooMany() => Problems.Conflict("too-many-cards", "No more cards can be saved. Remove one first.");

    public static ProblemHttpResult Refused(string? code) =>
        Problems.Unprocessable("card-refused", "Whoever takes the money will save no card.", ("provider_code", code));
}
