using System.ComponentModel.DataAnnotations;

namespace Portico.Platform.Security;

/// <summary>
/// How long people stay signed in and how stale the knowledge of ended sessions may be:
/// <c>{"Tokens": {"Lifetime": "1.00:00:00", "Issuer": "portico", "Audience": "portico", "MaxStaleness": "00:01:00"}}</c>.
/// </summary>
public sealed class TokenOptions
{
    public const string Section = "Tokens";

    /// <summary>How long an access token is good for. The seeds say 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The <c>iss</c> of every token.</summary>
    [Required]
    public string Issuer { get; init; } = "portico";

    /// <summary>The <c>aud</c> of access tokens.</summary>
    [Required]
    public string Audience { get; init; } = "portico";

    /// <summary>
    /// With no word from Auth for this long nobody can tell which sessions have ended: signed-in requests then get 503
    /// <c>sessions-unverifiable</c> until it answers again.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Where the key rings are; <c>keys</c> in the data folder when empty.</summary>
    public string KeyFolder { get; init; } = "";
}
