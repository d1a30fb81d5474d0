using Portico.Payments.Features.Cards;
using Portico.Payments.Features.Payments;
using Portico.Payments.Features.Webhooks;
using Portico.Payments.Providers.Sandbox;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Payments.Features.Sandbox;

/// <summary>What the browser does with the provider's form to save a card, when the provider is the sandbox.</summary>
internal static class SaveSandboxCard
{
    public static async Task<Results<Ok<SandboxPaymentResponse>, ProblemHttpResult>> Handle(
        Guid id, SandboxCardRequest request, Database<PaymentsModule> database, SandboxBell bell, WebhookSecrets secrets, CurrentUser user, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockSetupAsync(id, user.Id, secrets, cancellationToken) is not { } setup)
        {
            return CardProblems.NotFound();
        }

        if (setup.Status != "requires_payment_method")
        {
            return PaymentProblems.NotOpen(setup.Status);
        }

        var card = SandboxCards.Of(request.Number);
        var decline = request.IsOver(now) ? "expired_card" : card.Asks || card.Saves ? null : card.Decline;
        var given = decline is not null ? null : await change.GiveCardAsync(setup.CustomerId, request.Number, card, request.ExpMonth, request.ExpYear, cancellationToken);
        setup = await change.MoveAsync(
            setup, decline is not null ? "requires_payment_method" : card.Asks ? "requires_action" : "succeeded", decline, given, bell, now, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(new SandboxPaymentResponse(setup.Status, setup.Failure));
    }
}
