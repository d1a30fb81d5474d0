using Portico.Payments.Features.Cards;
using Portico.Payments.Features.Payments;
using Portico.Payments.Features.Webhooks;
using Portico.Payments.Providers.Sandbox;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Payments.Features.Sandbox;

/// <summary>What the owner of a card that is being saved tells the bank (3-D Secure).</summary>
internal static class AnswerSandboxBankForCard
{
    public static async Task<Results<Ok<SandboxPaymentResponse>, ProblemHttpResult>> Handle(
        Guid id, SandboxBankRequest request, Database<PaymentsModule> database, SandboxBell bell, WebhookSecrets secrets, CurrentUser user, TimeProvider time,
        CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockSetupAsync(id, user.Id, secrets, cancellationToken) is not { } setup)
        {
            return CardProblems.NotFound();
        }

        if (setup.Status != "requires_action")
        {
            return PaymentProblems.NotOpen(setup.Status);
        }

        var accepted = request.Accepted!.Value;
        setup = await change.MoveAsync(
            setup, accepted ? "succeeded" : "requires_payment_method", accepted ? null : "setup_intent_authentication_failure", accepted ? setup.PaymentMethod : null, bell,
            time.GetStoredNow(), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(new SandboxPaymentResponse(setup.Status, setup.Failure));
    }
}
