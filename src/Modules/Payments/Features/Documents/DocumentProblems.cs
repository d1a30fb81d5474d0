using Portico.Platform.Web;

namespace Portico.Payments.Features.Documents;

internal static class DocumentProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("document-not-found", "There is no such document.");

    public static ProblemHttpResult Invoiced() => Problems.Conflict("already-invoiced", "There is an invoice for it.");

    public static ProblemHttpResult NoMonth() => Problems.Invalid("month", "A month is written as 2026-01.");
}
