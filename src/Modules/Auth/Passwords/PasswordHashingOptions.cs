using System.ComponentModel.DataAnnotations;

namespace Portico.Auth.Passwords;

/// <summary><c>"Modules": { "Auth": { "Passwords": { "Cost": 12, "Workers": 1, "QueueLimit": 200, "Patience": "00:00:10" } } }</c></summary>
internal sealed class PasswordHashingOptions
{
    public const string Section = "Modules:Auth:Passwords";

    /// <summary>The binary logarithm of bcrypt's rounds: one more doubles the time. Below 12 only in Development and Testing.</summary>
    [Range(4, 16)]
    public int Cost { get; init; } = 12;

    /// <summary>Passwords hashed at the same time, each on a thread of its own. Default: half of the processors.</summary>
    [Range(1, 64)]
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount / 2, 1, 64);

    /// <summary>Passwords that may wait for a thread; further ones are refused with 503.</summary>
    [Range(1, 10000)]
    public int QueueLimit { get; init; } = 200;

    /// <summary>How long a password may take, waiting included, before it is refused with 503.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}
