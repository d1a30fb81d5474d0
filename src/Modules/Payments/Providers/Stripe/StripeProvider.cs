using System.Globalization;
using System.Runtime.CompilerServices;

namespace Portico.Payments.Providers.Stripe;

/// <summary>Payment intents and refunds of Stripe: docs.stripe.com/api. A payment's own id is the key that makes it one.</summary>
internal sealed class StripeProvider(StripeClient client) : IPaymentProvider
{
    public const string ProviderName = "stripe";
    private const int PageSize = 100;

    public string Name => ProviderName;

    public async Task<ProviderPayment> CreateAsync(
        Guid paymentId, decimal amount, string currency, string description, CancellationToken cancellationToken) =>
        StripeObjects.Payment(await client.PostAsync("/v1/payment_intents", $"payment-{paymentId}",
        [
            ("amount", Units(amount, currency)), ("currency", currency.ToLowerInvariant()), ("description", description),
            ("automatic_payment_methods[enabled]", "true"), ($"metadata[{StripeObjects.PaymentKey}]", paymentId.ToString()),
        ], cancellationToken));

    public async Task<ProviderPayment> FindAsync(string reference, CancellationToken cancellationToken) =>
        StripeObjects.Payment(await client.GetAsync($"/v1/payment_intents/{Uri.EscapeDataString(reference)}", cancellationToken));

    public async Task<ProviderPayment> CancelAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            // Another key each time: with the same one Stripe would tell the same again, though it could be called off by now.
            return StripeObjects.Payment(await client.PostAsync(
                $"/v1/payment_intents/{Uri.EscapeDataString(reference)}/cancel", $"cancel-{Guid.CreateVersion7()}", [], cancellationToken));
        }
        catch (ProviderRefusedException e) when (e.Code == "payment_intent_unexpected_state")
        {
            // It succeeded, or is called off, already.
            return await FindAsync(reference, cancellationToken);
        }
    }

    public async Task<ProviderRefund> RefundAsync(
        Guid refundId, string paymentReference, decimal amount, string currency, CancellationToken cancellationToken)
    {
        // Stripe forgets keys after a day. What was made before is found by our id, however long nobody could be reached.
        var made = await client.GetAsync($"/v1/refunds?limit={PageSize}&payment_intent={Uri.EscapeDataString(paymentReference)}", cancellationToken);
        return made.GetProperty("data").EnumerateArray().Select(StripeObjects.Refund).FirstOrDefault(refund => refund.RefundId == refundId)
            ?? StripeObjects.Refund(await client.PostAsync("/v1/refunds", $"refund-{refundId}",
            [
                ("payment_intent", paymentReference), ("amount", Units(amount, currency)), ($"metadata[{StripeObjects.RefundKey}]", refundId.ToString()),
            ], cancellationToken));
    }

    public async Task<ProviderRefund> FindRefundAsync(string reference, CancellationToken cancellationToken) =>
        StripeObjects.Refund(await client.GetAsync($"/v1/refunds/{Uri.EscapeDataString(reference)}", cancellationToken));

    public async IAsyncEnumerable<ProviderPayment> ListAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? last = null;
        bool more;
        do
        {
            var page = await client.GetAsync(
                string.Create(CultureInfo.InvariantCulture, $"/v1/payment_intents?limit={PageSize}&created[gte]={since.ToUnixTimeSeconds()}{(last is null ? "" : $"&starting_after={Uri.EscapeDataString(last)}")}"),
                cancellationToken);
            foreach (var intent in page.GetProperty("data").EnumerateArray())
            {
                var payment = StripeObjects.Payment(intent);
                last = payment.Reference;
                yield return payment;
            }

            more = page.GetProperty("has_more").GetBoolean() && last is not null;
        }
        while (more);
    }

    private static string Units(decimal amount, string currency) => StripeAmounts.ToUnits(amount, currency).ToString(CultureInfo.InvariantCulture);
}
