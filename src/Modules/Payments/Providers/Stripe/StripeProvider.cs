using System.Globalization;
using System.Runtime.CompilerServices;

namespace Portico.Payments.Providers.Stripe;

/// <summary>Payment intents and refunds of Stripe: docs.stripe.com/api. A payment's own id is the key that makes it one.</summary>
internal sealed class StripeProvider(StripeClient client) : IPaymentProvider
{
    public const string ProviderName = "stripe";
    private const int PageSize = 100;
    private const string Missing = "resource_missing";
    private static readonly (string Name, string Value) Cards = ("payment_method_types[0]", "card");
    private static readonly (string Name, string Value) OffSession = ("setup_future_usage", "off_session");

    public string Name => ProviderName;

    public async Task<ProviderPayment> CreateAsync(NewPayment payment, CancellationToken cancellationToken) =>
        StripeObjects.Payment(await client.PostAsync("/v1/payment_intents", $"payment-{payment.Id}",
        [
            ("amount", Units(payment.Amount, payment.Currency)), ("currency", payment.Currency.ToLowerInvariant()), ("description", payment.Description),
            ($"metadata[{StripeObjects.PaymentKey}]", payment.Id.ToString()),
            .. payment.Customer is { } customer
                ? [("customer", customer), Cards, .. payment.SaveCard ? [OffSession] : Array.Empty<(string, string)>()]
                : new[] { ("automatic_payment_methods[enabled]", "true") },
            .. payment.Card is { } card ? [("payment_method", card)] : Array.Empty<(string, string)>(),
        ], cancellationToken));

    public async Task<ProviderPayment> ChargeAsync(Guid paymentId, string reference, string card, CancellationToken cancellationToken)
    {
        try
        {
            return StripeObjects.Payment(await client.PostAsync(
                $"/v1/payment_intents/{Uri.EscapeDataString(reference)}/confirm", $"confirm-{paymentId}", [("payment_method", card), ("off_session", "true")], cancellationToken));
        }
        catch (ProviderRefusedException e) when (e.Code == "payment_intent_unexpected_state")
        {
            return await FindAsync(reference, cancellationToken);
        }
    }

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

    public async Task<string> CreateCustomerAsync(Guid memberId, CancellationToken cancellationToken) =>
        StripeObjects.Text(
            await client.PostAsync("/v1/customers", $"customer-{memberId}", [($"metadata[{StripeObjects.MemberKey}]", memberId.ToString())], cancellationToken), "id")!;

    public async Task DeleteCustomerAsync(string customer, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteAsync($"/v1/customers/{Uri.EscapeDataString(customer)}", cancellationToken);
        }
        catch (ProviderRefusedException e) when (e.Code == Missing)
        {
        }
    }

    public async Task<ProviderSetup> CreateSetupAsync(Guid cardId, string customer, CancellationToken cancellationToken) =>
        StripeObjects.Setup(await client.PostAsync(
            "/v1/setup_intents", $"setup-{cardId}",
            [("customer", customer), Cards, ("usage", "off_session"), ($"metadata[{StripeObjects.CardKey}]", cardId.ToString())], cancellationToken));

    public async Task<ProviderSetup> FindSetupAsync(string reference, CancellationToken cancellationToken) =>
        StripeObjects.Setup(await client.GetAsync($"/v1/setup_intents/{Uri.EscapeDataString(reference)}", cancellationToken));

    public async Task<ProviderCard?> FindCardAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            return StripeObjects.Card(await client.GetAsync($"/v1/payment_methods/{Uri.EscapeDataString(reference)}", cancellationToken));
        }
        catch (ProviderRefusedException e) when (e.Code == Missing)
        {
            return null;
        }
    }

    public async Task RemoveCardAsync(string reference, CancellationToken cancellationToken)
    {
        // What is attached to nobody cannot be detached, and Stripe says so without a code of its own.
        if (await FindCardAsync(reference, cancellationToken) is not null)
        {
            await client.PostAsync($"/v1/payment_methods/{Uri.EscapeDataString(reference)}/detach", $"detach-{reference}", [], cancellationToken);
        }
    }

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
