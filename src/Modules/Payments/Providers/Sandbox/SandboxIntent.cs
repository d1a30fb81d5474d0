using System.Text.Json.Nodes;
using Portico.Payments.Providers.Stripe;

namespace Portico.Payments.Providers.Sandbox;

/// <summary>A payment as the sandbox keeps it.</summary>
/// <param name="Card">The name of the test card that was given last.</param>
internal sealed record SandboxIntent(
    string Id, Guid PaymentId, decimal Amount, string Currency, string Status, string? Failure, string? Card, DateTimeOffset CreatedAt, string? CustomerId, bool SaveCard,
    string? PaymentMethod)
{
    public const string Columns = "id, payment_id, amount, currency, status, failure, card, created_at, customer_id, save_card, payment_method";

    public ProviderPayment Payment => new(Id, PaymentId, Status, Amount, Currency, Failure, $"{Id}_secret_sandbox", PaymentMethod);

    /// <summary>As Stripe writes it.</summary>
    public JsonObject Json => new()
    {
        ["id"] = Id,
        ["object"] = "payment_intent",
        ["amount"] = StripeAmounts.ToUnits(Amount, Currency),
        ["currency"] = Currency.ToLowerInvariant(),
        ["created"] = CreatedAt.ToUnixTimeSeconds(),
        ["status"] = Status,
        ["customer"] = CustomerId,
        ["payment_method"] = PaymentMethod,
        ["last_payment_error"] = Failure is null ? null : new JsonObject { ["code"] = "card_declined", ["decline_code"] = Failure, ["type"] = "card_error" },
        ["metadata"] = new JsonObject { [StripeObjects.PaymentKey] = PaymentId.ToString() },
    };
}

/// <summary>A refund as the sandbox keeps it.</summary>
internal sealed record SandboxRefund(string Id, Guid RefundId, string IntentId, decimal Amount, string Currency, string Status, DateTimeOffset CreatedAt)
{
    public ProviderRefund Refund => new(Id, RefundId, IntentId, Status, Amount, Status == "failed" ? "lost_or_stolen_card" : null);

    /// <summary>As Stripe writes it.</summary>
    public JsonObject Json => new()
    {
        ["id"] = Id,
        ["object"] = "refund",
        ["amount"] = StripeAmounts.ToUnits(Amount, Currency),
        ["currency"] = Currency.ToLowerInvariant(),
        ["created"] = CreatedAt.ToUnixTimeSeconds(),
        ["payment_intent"] = IntentId,
        ["status"] = Status,
        ["failure_reason"] = Refund.Failure,
        ["metadata"] = new JsonObject { [StripeObjects.RefundKey] = RefundId.ToString() },
    };
}
