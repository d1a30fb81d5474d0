using Portico.Payments.Data;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Transactions;

internal static class TransactionProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("transaction-not-found", "There is no such transaction.");

    public static ProblemHttpResult NoMember() => Problems.NotFound("member-not-found", "There is no such member.");

    public static ProblemHttpResult PaidAtDesk() => Problems.Forbidden("paid-at-desk", "It is paid to staff, who note it here.");

    public static ProblemHttpResult CardNeeded() =>
        Problems.Conflict("card-needed", "A booking waits for its money: begin a payment for it, or pay at the desk.");

    public static ProblemHttpResult UnderWay() =>
        Problems.Conflict("payment-under-way", "A payment of it is under way. Call that off first.");

    public static ProblemHttpResult LimitExceeded(MemberAccount account, decimal asked) => Problems.Unprocessable(
        "limit-exceeded", "More would be owed than may be. Pay some of it first.",
        ("current_total", account.Balance), ("requested", asked), ("limit", account.Most), ("currency", account.Currency));

    public static ProblemHttpResult CreditExceedsOwed(decimal owed, string currency) => Problems.Unprocessable(
        "credit-exceeds-owed", "No more can be credited than is owed on account and not being paid.", ("creditable", owed), ("currency", currency));

    public static ProblemHttpResult Settled(string status) =>
        Problems.Conflict("transaction-settled", "It is owed no longer.", ("state", status));
}
