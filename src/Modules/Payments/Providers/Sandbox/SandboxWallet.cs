using System.Text.Json.Nodes;
using Portico.Payments.Features.Webhooks;
using Portico.Payments.Providers.Stripe;
using Portico.Platform.Data;

namespace Portico.Payments.Providers.Sandbox;

/// <summary>A card that somebody keeps at the sandbox: which of the test cards it is, and what may be known of it.</summary>
internal sealed record SandboxSavedCard(string Id, string CustomerId, string Card, string Brand, string Last4, int ExpMonth, int ExpYear)
{
    public const string Columns = "sandbox_cards.id, customer_id, card, brand, last4, exp_month, exp_year";

    public ProviderCard Told => new(Id, Brand, Last4, ExpMonth, ExpYear);
}

/// <summary>The saving of a card as the sandbox keeps it.</summary>
internal sealed record SandboxSetup(string Id, Guid CardId, string CustomerId, string Status, string? Failure, string? PaymentMethod)
{
    public const string Columns = "id, card_id, customer_id, status, failure, payment_method";

    public ProviderSetup Setup => new(Id, CardId, Status, Failure, $"{Id}_secret_sandbox", Status == "succeeded" ? PaymentMethod : null);

    /// <summary>As Stripe writes it.</summary>
    public JsonObject Json => new()
    {
        ["id"] = Id,
        ["object"] = "setup_intent",
        ["customer"] = CustomerId,
        ["status"] = Status,
        ["payment_method"] = PaymentMethod,
        ["last_setup_error"] = Failure is null ? null : new JsonObject { ["code"] = "card_declined", ["decline_code"] = Failure, ["type"] = "card_error" },
        ["metadata"] = new JsonObject { [StripeObjects.CardKey] = CardId.ToString() },
    };
}

/// <summary>What people do with cards that the sandbox keeps.</summary>
internal static class SandboxWallet
{
    /// <summary>Null when there is none, it is another member's, or the sandbox takes no payments here.</summary>
    public static async Task<SandboxSetup?> LockSetupAsync(
        this Change change, Guid cardId, Guid memberId, WebhookSecrets secrets, CancellationToken cancellationToken) =>
        secrets.OfSandbox() is null ? null : await change.FindAsync<SandboxSetup>(
            $"""
            select {SandboxSetup.Columns} from sandbox_setups
            where card_id = @cardId and exists (select from cards where cards.id = @cardId and member_id = @memberId) for update
            """, new { cardId, memberId }, cancellationToken);

    /// <summary>A test card is given; it is kept once it is accepted.</summary>
    public static async Task<string> GiveCardAsync(
        this Change change, string customerId, string number, SandboxCard card, int expMonth, int expYear, CancellationToken cancellationToken)
    {
        var given = new SandboxSavedCard($"pm_{Guid.CreateVersion7():N}", customerId, card.Name, SandboxCards.BrandOf(number), number[^4..], expMonth, expYear);
        await change.ExecuteAsync(
            """
            insert into sandbox_cards (id, customer_id, card, brand, last4, exp_month, exp_year)
            values (@Id, @CustomerId, @Card, @Brand, @Last4, @ExpMonth, @ExpYear)
            """, given, cancellationToken);
        return given.Id;
    }

    /// <summary>Null when it was not accepted yet, or is kept no more.</summary>
    public static Task<SandboxSavedCard?> FindSavedAsync(this Change change, string id, CancellationToken cancellationToken) =>
        change.FindAsync<SandboxSavedCard>($"select {SandboxSavedCard.Columns} from sandbox_cards where id = @id and attached", new { id }, cancellationToken);

    /// <summary>Moves a saving on with a card, and tells.</summary>
    public static async Task<SandboxSetup> MoveAsync(
        this Change change, SandboxSetup setup, string status, string? failure, string? card, SandboxBell bell, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var moved = setup with { Status = status, Failure = failure, PaymentMethod = card };
        await change.WriteAsync(
            """
            update sandbox_setups set status = @Status, failure = @Failure, payment_method = @PaymentMethod where id = @Id;
            update sandbox_cards set attached = true where id = @PaymentMethod and @Status = 'succeeded'
            """, moved, cancellationToken);
        var type = status switch { "succeeded" => "succeeded", "requires_action" => "requires_action", _ => "setup_failed" };
        await change.TellAsync($"setup_intent.{type}", moved.Json, now, bell, cancellationToken);
        return moved;
    }
}
