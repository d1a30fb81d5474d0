using System.ComponentModel.DataAnnotations;
using Portico.Payments.Features.Payments;
using Portico.Payments.Features.Webhooks;
using Portico.Payments.Providers.Sandbox;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Payments.Features.Sandbox;

/// <summary>A test card. Nothing of it is kept but which of the test cards it was.</summary>
/// <param name="Number">Digits only, such as 4242424242424242.</param>
public sealed record SandboxCardRequest(
    [property: Required, RegularExpression("[0-9]{12,19}")] string Number,
    [property: Range(1, 12)] int ExpMonth = 12,
    [property: Range(2000, 2200)] int ExpYear = 2099,
    [property: RegularExpression("[0-9]{3,4}")] string Cvc = "123")
{
    internal bool IsOver(DateTimeOffset now) => ExpYear < now.Year || (ExpYear == now.Year && ExpMonth < now.Month);
}

/// <summary>How the payment stands with the sandbox. Portico hears of it by webhook, a moment later.</summary>
/// <param name="Status"><c>succeeded</c>, <c>requires_action</c> (answer for the bank), or <c>requires_payment_method</c> (declined).</param>
/// <param name="Failure">Why the card was declined.</param>
public sealed record SandboxPaymentResponse(string Status, string? Failure);

/// <summary>What the browser does with the provider's form, when the provider is the sandbox.</summary>
internal static class GiveSandboxCard
{
    public static async Task<Results<Ok<SandboxPaymentResponse>, ProblemHttpResult>> Handle(
        Guid id, SandboxCardRequest request, Database<PaymentsModule> database, SandboxBell bell, WebhookSecrets secrets, CurrentUser user, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockIntentAsync(id, user.Id, secrets, cancellationToken) is not { } intent)
        {
            return PaymentProblems.NotFound();
        }

        if (intent.Status != "requires_payment_method")
        {
            return PaymentProblems.NotOpen(intent.Status);
        }

        var card = SandboxCards.Of(request.Number);
        var decline = request.IsOver(now) ? "expired_card" : card.Asks ? null : card.Decline;
        var status = decline is not null ? "requires_payment_method" : card.Asks ? "requires_action" : "succeeded";
        if (intent is { SaveCard: true, CustomerId: { } customer } && decline is null)
        {
            var given = await change.GiveCardAsync(customer, request.Number, card, request.ExpMonth, request.ExpYear, cancellationToken);
            intent = intent with { PaymentMethod = given };
        }

        intent = await change.MoveAsync(intent, status, decline, card, bell, now, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(new SandboxPaymentResponse(intent.Status, intent.Failure));
    }
}
