using System.Text.Json;

namespace Portico.Payments.Providers.Stripe;

/// <summary>Reads what Stripe answers and tells. Only what is needed is looked at; all else may change.</summary>
internal static class StripeObjects
{
    public const string PaymentKey = "payment_id";
    public const string RefundKey = "refund_id";

    public static ProviderPayment Payment(JsonElement intent)
    {
        var currency = Text(intent, "currency")!.ToUpperInvariant();
        var failure = Under(intent, "last_payment_error") is { } error ? Text(error, "decline_code") ?? Text(error, "code") ?? Text(error, "type") : null;
        return new(
            Text(intent, "id")!, Ours(intent, PaymentKey), Status(Text(intent, "status")),
            StripeAmounts.FromUnits(intent.GetProperty("amount").GetInt64(), currency), currency, failure, Text(intent, "client_secret"));
    }

    public static ProviderRefund Refund(JsonElement refund) => new(
        Text(refund, "id")!, Ours(refund, RefundKey), Text(refund, "payment_intent") ?? "",
        Text(refund, "status") switch { "succeeded" => "succeeded", "failed" or "canceled" => "failed", _ => "pending" },
        StripeAmounts.FromUnits(refund.GetProperty("amount").GetInt64(), Text(refund, "currency")!.ToUpperInvariant()), Text(refund, "failure_reason"));

    // What is left waits for its member in one way or another.
    private static string Status(string? status) =>
        status is "requires_action" or "processing" or "succeeded" or "canceled" ? status : "requires_payment_method";

    public static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public static JsonElement? Under(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object ? value : null;

    private static Guid? Ours(JsonElement of, string key) =>
        Under(of, "metadata") is { } metadata && Guid.TryParseExact(Text(metadata, key), "D", out var id) ? id : null;
}
