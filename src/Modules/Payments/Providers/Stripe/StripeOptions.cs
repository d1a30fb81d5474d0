using System.ComponentModel.DataAnnotations;

namespace Portico.Payments.Providers.Stripe;

/// <summary>The account at Stripe. The secrets come from the environment or a file of the system's, and are nowhere else.</summary>
internal sealed class StripeOptions
{
    public const string Section = "Modules:Payments:Stripe";

    /// <summary>The account's secret key, <c>sk_…</c> or a restricted one.</summary>
    [RegularExpression("(sk|rk)_[A-Za-z0-9_]{1,300}")]
    public string? SecretKey { get; init; }

    /// <summary>What signs the webhooks that Stripe sends to <c>/webhook/stripe</c>, <c>whsec_…</c>.</summary>
    [RegularExpression("whsec_[A-Za-z0-9_]{1,300}")]
    public string? WebhookSecret { get; init; }

    /// <summary>What browsers show Stripe, <c>pk_…</c>. No secret.</summary>
    [RegularExpression("pk_[A-Za-z0-9_]{1,300}")]
    public string? PublishableKey { get; init; }

    /// <summary>Where Stripe is.</summary>
    [Required, RegularExpression("https?://[^ /]+/?")]
    public string Address { get; init; } = "https://api.stripe.com";

    /// <summary>The version of its API that is spoken.</summary>
    [Required, RegularExpression("[0-9]{4}-[0-9]{2}-[0-9]{2}(\\.[a-z]+)?")]
    public string Version { get; init; } = "2024-06-20";

    /// <summary>How long one try may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:20")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);
}
