using System.ComponentModel.DataAnnotations;

namespace Portico.Gateway;

/// <summary>
/// The front door: <c>{"Gateway": {"Origins": ["https://space.example"], "ForwardTimeout": "00:00:30"}}</c>. Body and header
/// limits and trusted proxies are in <see cref="Platform.Web.HttpLimits"/>.
/// </summary>
internal sealed class GatewayOptions : IValidatableObject
{
    public const string Section = "Gateway";

    /// <summary>Web origins other than its own from which a browser may call, with cookies.</summary>
    public string[] Origins { get; init; } = [];

    /// <summary>How long a module may stay silent before the caller gets 504. A stream that sends something counts anew.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ForwardTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a module that cannot be reached is left alone before it is tried again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan RestAfterFailure { get; init; } = TimeSpan.FromSeconds(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from origin in Origins
        where !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin
        select new ValidationResult($"{Section}:{nameof(Origins)}: \"{origin}\" is not an origin such as https://space.example.", [nameof(Origins)]);
}
