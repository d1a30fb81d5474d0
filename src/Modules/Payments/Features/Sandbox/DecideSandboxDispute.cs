using System.ComponentModel.DataAnnotations;
using Portico.Payments.Features.Payments;
using Portico.Payments.Features.Webhooks;
using Portico.Payments.Providers.Sandbox;
using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Payments.Features.Sandbox;

/// <summary>What the bank decides about a payment that its owner wants back.</summary>
/// <param name="Won">Whether the money stays here.</param>
public sealed record SandboxDisputeRequest([property: Required] bool? Won);

internal static class DecideSandboxDispute
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, SandboxDisputeRequest request, Database<PaymentsModule> database, SandboxBell bell, WebhookSecrets secrets, TimeProvider time,
        CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockIntentAsync(id, null, secrets, cancellationToken) is not { } intent)
        {
            return PaymentProblems.NotFound();
        }

        if (intent.Status != "succeeded" || !SandboxCards.Named(intent.Card!).Disputed)
        {
            return PaymentProblems.NotOpen(intent.Status);
        }

        await change.TellAsync(
            "charge.dispute.closed", SandboxSteps.Dispute(intent, request.Won!.Value ? "won" : "lost"), time.GetStoredNow(), bell, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
