using System.ComponentModel.DataAnnotations;

namespace Portico.Platform.Web;

/// <summary>
/// What a process accepts and whom it believes:
/// <c>{"Http": {"MaxBodyBytes": 1048576, "MaxHeaderBytes": 16384, "TrustedProxies": ["10.0.0.0/8"]}}</c>.
/// </summary>
public sealed class HttpLimits : IValidatableObject
{
    public const string Section = "Http";

    /// <summary>The largest request body, in bytes.</summary>
    [Range(1024, 100_000_000)]
    public int MaxBodyBytes { get; init; } = 1_048_576;

    /// <summary>The most that all request headers together may take, in bytes.</summary>
    [Range(1024, 1_048_576)]
    public int MaxHeaderBytes { get; init; } = 16_384;

    /// <summary>
    /// Addresses or networks (CIDR) of the proxies in front whose <c>X-Forwarded-For</c> and <c>-Proto</c> are believed. None by
    /// default for the gateway; a module served alone believes a gateway on its own machine.
    /// </summary>
    public string[] TrustedProxies { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from proxy in TrustedProxies
        where !System.Net.IPNetwork.TryParse(WithLength(proxy), out _)
        select new ValidationResult($"{Section}:{nameof(TrustedProxies)}: \"{proxy}\" is neither an address nor a network.", [nameof(TrustedProxies)]);

    internal IEnumerable<System.Net.IPNetwork> Networks(bool behindGateway) =>
        (TrustedProxies.Length == 0 && behindGateway ? ["127.0.0.0/8", "::1/128"] : TrustedProxies)
        .Select(proxy => System.Net.IPNetwork.Parse(WithLength(proxy)));

    private static string WithLength(string proxy) => proxy.Contains('/') ? proxy : proxy.Contains(':') ? $"{proxy}/128" : $"{proxy}/32";
}
