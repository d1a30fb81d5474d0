using Microsoft.Extensions.Options;
using Portico.Payments.Providers.Sandbox;
using Portico.Payments.Providers.Stripe;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Webhooks;

/// <summary>Who may tell us of payments, and the secret by which we know them.</summary>
internal sealed class WebhookSecrets(IOptions<PaymentsOptions> payments, IOptions<StripeOptions> stripe, KeyRings rings)
{
    public const string Header = "Stripe-Signature";

    /// <summary>Null where the sandbox is not the provider: then nobody can pay with it, and nothing it says is believed.</summary>
    public string? OfSandbox() => payments.Value.Provider == SandboxProvider.ProviderName
        ? Convert.ToHexStringLower(rings.For(KeyRings.Webhooks).Current.Secret)
        : null;

    /// <summary>The provider that signed this; null when none did.</summary>
    public string? SignerOf(string header, ReadOnlySpan<byte> body, DateTimeOffset now) =>
        stripe.Value.WebhookSecret is { Length: > 0 } secret && WebhookSignature.IsGood(header, body, secret, now) ? StripeProvider.ProviderName
        : OfSandbox() is { } sandbox && WebhookSignature.IsGood(header, body, sandbox, now) ? SandboxProvider.ProviderName
        : null;
}
