using System.Text.Json.Nodes;
using Portico.Payments.Features.Webhooks;
using Portico.Payments.Providers.Stripe;
using Portico.Platform.Data;

namespace Portico.Payments.Providers.Sandbox;

/// <summary>What people do with a payment at the sandbox.</summary>
internal static class SandboxSteps
{
    /// <summary>The sandbox's side of a payment. Null when there is none, it is another member's, or the sandbox takes no payments here.</summary>
    public static async Task<SandboxIntent?> LockIntentAsync(
        this Change change, Guid paymentId, Guid? memberId, WebhookSecrets secrets, CancellationToken cancellationToken) =>
        secrets.OfSandbox() is null ? null : await change.FindAsync<SandboxIntent>(
            $"""
            select {SandboxIntent.Columns} from sandbox_intents
            where payment_id = @paymentId and (@memberId::uuid is null or exists (select from payments where payments.id = @paymentId and member_id = @memberId))
            for update
            """, new { paymentId, memberId }, cancellationToken);

    /// <summary>Moves it on with a card, and tells.</summary>
    public static async Task<SandboxIntent> MoveAsync(
        this Change change, SandboxIntent intent, string status, string? failure, SandboxCard card, SandboxBell bell, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var moved = intent with { Status = status, Failure = failure, Card = card.Name };
        await change.WriteAsync(
            """
            update sandbox_intents set status = @Status, failure = @Failure, card = @Card, payment_method = @PaymentMethod where id = @Id;
            update sandbox_cards set attached = true where id = @PaymentMethod and @SaveCard and @Status = 'succeeded'
            """, moved, cancellationToken);
        var type = status switch { "succeeded" => "succeeded", "requires_action" => "requires_action", _ => "payment_failed" };
        await change.TellAsync($"payment_intent.{type}", moved.Json, now, bell, cancellationToken);
        if (status == "succeeded" && card.Disputed)
        {
            await change.TellAsync("charge.dispute.created", Dispute(moved, "needs_response"), now, bell, cancellationToken);
        }

        return moved;
    }

    public static JsonObject Dispute(SandboxIntent intent, string status) => new()
    {
        ["id"] = $"dp_{intent.PaymentId:N}",
        ["object"] = "dispute",
        ["amount"] = StripeAmounts.ToUnits(intent.Amount, intent.Currency),
        ["currency"] = intent.Currency.ToLowerInvariant(),
        ["payment_intent"] = intent.Id,
        ["status"] = status,
    };
}
