using System.ComponentModel.DataAnnotations;
using Portico.Payments.Features.Payments;
using Portico.Payments.Features.Webhooks;
using Portico.Payments.Providers.Sandbox;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Payments.Features.Sandbox;

/// <summary>What the owner of the card tells the bank (3-D Secure).</summary>
/// <param name="Accepted">Whether it is them.</param>
public sealed record SandboxBankRequest([property: Required] bool? Accepted);

internal static class AnswerSandboxBank
{
    public static async Task<Results<Ok<SandboxPaymentResponse>, ProblemHttpResult>> Handle(
        Guid id, SandboxBankRequest request, Database<PaymentsModule> database, SandboxBell bell, WebhookSecrets secrets, CurrentUser user, TimeProvider time,
        CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockIntentAsync(id, user.Id, secrets, cancellationToken) is not { } intent)
        {
            return PaymentProblems.NotFound();
        }

        if (intent.Status != "requires_action")
        {
            return PaymentProblems.NotOpen(intent.Status);
        }

        var card = SandboxCards.Named(intent.Card!);
        var decline = request.Accepted!.Value ? card.Decline : "payment_intent_authentication_failure";
        intent = await change.MoveAsync(
            intent, decline is null ? "succeeded" : "requires_payment_method", decline, card, bell, time.GetStoredNow(), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(new SandboxPaymentResponse(intent.Status, intent.Failure));
    }
}
