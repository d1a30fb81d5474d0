using System.Text.Json;
using Microsoft.Extensions.Options;
using Portico.Payments.Data;
using Portico.Payments.Documents;
using Portico.Payments.Providers;
using Portico.Payments.Providers.Stripe;
using Portico.Platform.Data;

namespace Portico.Payments.Features.Webhooks;

/// <summary>Something a provider tells.</summary>
/// <param name="About">What it is about, in Stripe's words.</param>
/// <param name="Payload">All of it, as it came.</param>
internal sealed record ProviderEvent(string Id, string Type, DateTimeOffset CreatedAt, JsonElement About, string Payload);

/// <summary>
/// Takes what providers tell, each event once: its id and what it does commit together. They come twice, late and in any order, so that
/// no event is believed to be the newest; what is over stays over.
/// </summary>
internal sealed class ProviderEvents(Database<PaymentsModule> database, IOptions<PaymentsOptions> options, Receipts receipts, ProviderBell bell)
{
    private const string Applied = "applied";
    private const string Unchanged = "unchanged";
    private const string UnknownPayment = "unknown_payment";
    private const string UnknownType = "unknown_type";

    // What happened before it has not been told yet: it is not taken, and comes again.
    private const string TooEarly = "too_early";

    /// <summary>False when it came before what it rests on: then it is to be sent again.</summary>
    public async Task<bool> TakeAsync(string provider, ProviderEvent told, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        // A second one with the id waits here until the first one's transaction ends.
        var isNew = await change.ExecuteAsync(
            """
            insert into provider_events (id, provider, type, created_at, payload, received_at, outcome)
            values (@Id, @provider, @Type, @CreatedAt, @Payload::jsonb, @now, 'applied') on conflict (id) do nothing
            """, new { told.Id, provider, told.Type, told.CreatedAt, told.Payload, now }, cancellationToken) == 1;
        if (!isNew)
        {
            return true;
        }

        var outcome = told.Type switch
        {
            "payment_intent.succeeded" or "payment_intent.payment_failed" or "payment_intent.canceled" or "payment_intent.requires_action"
                or "payment_intent.processing" => await PaymentAsync(change, provider, told, now, cancellationToken),
            "refund.created" or "refund.updated" or "refund.failed" or "charge.refund.updated" => await RefundAsync(change, provider, told.About, now, cancellationToken),
            "charge.dispute.created" or "charge.dispute.closed" => await DisputeAsync(change, provider, told.About, now, cancellationToken),
            "setup_intent.succeeded" or "setup_intent.setup_failed" or "setup_intent.canceled" => await AskAboutAsync(
                change, "setup_ref = @reference or setup_ref is null and id = @ours", provider, told.About, now, cancellationToken),
            "payment_method.updated" or "payment_method.automatically_updated" or "payment_method.detached" => await AskAboutAsync(
                change, "provider_ref = @reference and status = 'saved'", provider, told.About, now, cancellationToken),
            _ => UnknownType,
        };
        if (outcome == TooEarly)
        {
            return false;
        }

        if (outcome != Applied)
        {
            await change.ExecuteAsync("update provider_events set outcome = @outcome where id = @Id", new { told.Id, outcome }, cancellationToken);
        }

        change.AfterCommit(bell.Ring);
        await change.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<string> PaymentAsync(Change change, string provider, ProviderEvent told, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var intent = StripeObjects.Payment(told.About);
        // By our own id when the answer with theirs was lost.
        if (await change.LockPaymentAsync(
            "provider = @provider and (provider_ref = @Reference or provider_ref is null and id = @PaymentId)",
            new { provider, intent.Reference, intent.PaymentId }, cancellationToken) is not { } payment)
        {
            return UnknownPayment;
        }

        var declined = told.Type == "payment_intent.payment_failed";
        return await change.ApplyAsync(payment, intent, declined, options.Value.CardAttempts, receipts, now, cancellationToken) ? Applied : Unchanged;
    }

    /// <summary>What became of a saved card its provider is asked: it may have changed again since.</summary>
    private static async Task<string> AskAboutAsync(
        Change change, string which, string provider, JsonElement about, DateTimeOffset now, CancellationToken cancellationToken) =>
        await change.ExecuteAsync(
            $"update cards set ask_at = @now where provider = @provider and ({which})",
            new { provider, reference = StripeObjects.Text(about, "id"), ours = StripeObjects.Ours(about, StripeObjects.CardKey), now }, cancellationToken) > 0
            ? Applied
            : Unchanged;

    private async Task<string> RefundAsync(Change change, string provider, JsonElement about, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var told = StripeObjects.Refund(about);
        if (await change.LockPaymentAsync(
            "provider = @provider and provider_ref = @PaymentReference", new { provider, told.PaymentReference }, cancellationToken) is not { } payment)
        {
            return UnknownPayment;
        }

        var refund = await change.FindAsync<RefundRow>(
            $"""
            select {RefundRow.Columns} from refunds
            where payment_id = @Id and (provider_ref = @Reference or provider_ref is null and id = @RefundId) for update
            """, new { payment.Id, told.Reference, told.RefundId }, cancellationToken);
        if (refund is null)
        {
            // Somebody gave it back at the provider's own pages. It is as gone as if it had been asked for here.
            if (payment.Status != "succeeded")
            {
                return TooEarly;
            }

            if (told.Status == "failed" || told.Amount > payment.Left)
            {
                return Unchanged;
            }

            var id = await change.GiveBackAsync(
                payment, told.Amount, "Given back at the provider's.", $"provider:{told.Reference}", Ledger.Nobody, now, cancellationToken);
            refund = new(id!.Value, payment.Id, told.Amount, "creating", null, "Given back at the provider's.", 0, Ledger.Nobody);
        }

        return await change.ApplyAsync(payment, refund, told, receipts, now, cancellationToken) ? Applied : Unchanged;
    }

    private async Task<string> DisputeAsync(Change change, string provider, JsonElement about, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await change.LockPaymentAsync(
            "provider = @provider and provider_ref = @reference",
            new { provider, reference = StripeObjects.Text(about, "payment_intent") }, cancellationToken) is not { } payment)
        {
            return UnknownPayment;
        }

        if (payment.Status != "succeeded")
        {
            return TooEarly;
        }

        var stands = StripeObjects.Text(about, "status") switch { "won" or "warning_closed" => "won", "lost" => "lost", _ => "open" };
        return await change.DisputeAsync(payment, stands, receipts, now, cancellationToken) ? Applied : Unchanged;
    }
}
