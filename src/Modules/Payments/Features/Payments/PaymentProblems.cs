using Portico.Platform.Web;

namespace Portico.Payments.Features.Payments;

internal static class PaymentProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("payment-not-found", "There is no such payment.");

    public static ProblemHttpResult NoRefund() => Problems.NotFound("refund-not-found", "There is no such refund.");

    public static ProblemHttpResult NothingOwed() => Problems.Conflict("nothing-owed", "Nothing of this is owed.");

    public static ProblemHttpResult UnderWay(Guid payment) =>
        Problems.Conflict("payment-under-way", "Some of it is being paid already.", ("payment_id", payment));

    public static ProblemHttpResult NotOpen(string status) =>
        Problems.Conflict("payment-not-open", "This cannot be done to the payment as it stands.", ("state", status));

    public static ProblemHttpResult Disputed() =>
        Problems.Conflict("payment-disputed", "Its bank wants this payment back. Until that is decided nothing else goes back of it.");

    public static ProblemHttpResult TooMuch(decimal left, string currency) => Problems.Unprocessable(
        "refund-exceeds-payment", "More than was paid cannot go back.", ("refundable", left), ("currency", currency));

    public static ProblemHttpResult Refused(string? code) =>
        Problems.Unprocessable("payment-refused", "Whoever takes the money will not take this. Nothing was charged.", ("provider_code", code));

    public static RetryableProblem Away() =>
        Problems.Unavailable("provider-away", "Whoever takes the money does not answer. Nothing was charged; try again.", TimeSpan.FromSeconds(5));
}
