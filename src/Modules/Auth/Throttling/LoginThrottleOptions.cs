using System.ComponentModel.DataAnnotations;

namespace Portico.Auth.Throttling;

/// <summary>
/// What happens after wrong passwords:
/// <c>{"Modules": {"Auth": {"Throttle": {"Failures": 5, "NetworkFailures": 20, "Window": "00:15:00", "FirstBlock": "00:00:30",
/// "LongestBlock": "00:15:00", "KnownFor": "30.00:00:00"}}}}</c>.
/// </summary>
internal sealed class LoginThrottleOptions : IValidatableObject
{
    public const string Section = "Modules:Auth:Throttle";

    /// <summary>Failures with one name within <see cref="Window"/> until it is blocked.</summary>
    [Range(1, 1000)]
    public int Failures { get; init; } = 5;

    /// <summary>The same for one network, whatever the names: more, since a whole coworking space may share one address.</summary>
    [Range(1, 100_000)]
    public int NetworkFailures { get; init; } = 20;

    /// <summary>Failures are forgotten this long after the first of them, or after the end of the last block.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the first block lasts; each further failure doubles it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FirstBlock { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a block lasts at the most.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestBlock { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>For how long a sign-in makes its network known to the account: strangers' failures do not lock it out there.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan KnownFor { get; init; } = TimeSpan.FromDays(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LongestBlock < FirstBlock)
        {
            yield return new ValidationResult($"{Section}:{nameof(LongestBlock)} is shorter than {nameof(FirstBlock)}.");
        }
    }
}
