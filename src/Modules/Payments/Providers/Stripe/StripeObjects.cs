using System.Text.Json;

namespace Portico.Payments.Providers.Stripe;

/// <summary>Reads what Stripe answers and tells. Only what is needed is looked at; all else may change.</summary>
internal static class StripeObjects
{
    public const string PaymentKey = "payment_id";
    public const string RefundKey = "refund_id";
    public const string CardKey = "card_id";
    public const string MemberKey = "member_id";

    public static ProviderPayment Payment(JsonElement intent)
    {
        var currency = Text(intent, "currency")!.ToUpperInvariant();
        var failure = Under(intent, "last_payment_error") is { } error ? Text(error, "decline_code") ?? Text(error, "code") ?? Text(error, "type") : null;
        return new(
            Text(intent, "id")!, Ours(intent, PaymentKey), Status(Text(intent, "status")),
            StripeAmounts.FromUnits(intent.GetProperty("amount").GetInt64(), currency), currency, failure, Text(intent, "client_secret"),
            Text(intent, "payment_method"));
    }

    public static ProviderRefund Refund(JsonElement refund) => new(
        Text(refund, "id")!, Ours(refund, RefundKey), Text(refund, "payment_intent") ?? "",
        Text(refund, "status") switch { "succeeded" => "succeeded", "failed" or "canceled" => "failed", _ => "pending" },
        StripeAmounts.FromUnits(refund.GetProperty("amount").GetInt64(), Text(refund, "currency")!.ToUpperInvariant()), Text(refund, "failure_reason"));

    public static ProviderSetup Setup(JsonElement setup) => new(
        Text(setup, "id")!, Ours(setup, CardKey), Status(Text(setup, "status")),
        Under(setup, "last_setup_error") is { } error ? Text(error, "decline_code") ?? Text(error, "code") ?? Text(error, "type") : null, Text(setup, "client_secret"),
        Text(setup, "payment_method"));

    /// <summary>Null for what is no card, or belongs to nobody any more.</summary>
    public static ProviderCard? Card(JsonElement method) => Under(method, "card") is { } card && Text(method, "customer") is not null
        ? new(Text(method, "id")!, Text(card, "brand") ?? "unknown", Text(card, "last4")!, card.GetProperty("exp_month").GetInt32(), card.GetProperty("exp_year").GetInt32())
        : null;

    // What is left waits for its member in one way or another.
    private static string Status(string? status) =>
        status is "requires_action" or "processing" or "succeeded" or "canceled" ? status : "requires_payment_method";

    public static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public static JsonElement? Under(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object ? value : null;

    public static Guid? Ours(JsonElement of, string key) =>
        Under(of, "metadata") is { } metadata && Guid.TryParseExact(Text(metadata, key), "D", out var id) ? id : null;
}
