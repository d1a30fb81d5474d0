using System.ComponentModel.DataAnnotations;

namespace Portico.Payments.Providers.Sandbox;

/// <summary>The provider that takes no money: <c>{"Modules": {"Payments": {"Sandbox": {"WebhookAddress": "https://space.example"}}}}</c>.</summary>
internal sealed class SandboxOptions
{
    public const string Section = "Modules:Payments:Sandbox";

    /// <summary>
    /// Where its webhooks go: to <c>/webhook/stripe</c> there, by the road that Stripe's would take. To this very process when left out.
    /// </summary>
    [RegularExpression("https?://[^ /?#]+/?")]
    public string? WebhookAddress { get; init; }
}
