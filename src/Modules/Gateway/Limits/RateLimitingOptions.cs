using System.ComponentModel.DataAnnotations;

namespace Portico.Gateway.Limits;

/// <summary>
/// How often one may ask: <c>{"RateLimiting": {"Enabled": true, "AnonymousPerMinute": 100, "AccountPerMinute": 600, "SignInPerMinute": 5}}</c>.
/// Each is a bucket of that many requests which refills evenly over a minute.
/// </summary>
internal sealed class RateLimitingOptions
{
    public const string Section = "RateLimiting";

    /// <summary>False turns every limit off, for measurements.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Requests a minute from one address without a valid token.</summary>
    [Range(1, 1_000_000_000)]
    public int AnonymousPerMinute { get; init; } = 100;

    /// <summary>Requests a minute of one account, from wherever.</summary>
    [Range(1, 1_000_000_000)]
    public int AccountPerMinute { get; init; } = 600;

    /// <summary>Sign-ins, registrations and password resets a minute from one address, each counted apart.</summary>
    [Range(1, 1_000_000_000)]
    public int SignInPerMinute { get; init; } = 5;
}
