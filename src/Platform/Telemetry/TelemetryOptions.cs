using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Portico.Platform.Telemetry;

/// <summary>Who may read <c>/metrics</c>, and where measurements and traces are sent.</summary>
/// <remarks>
/// <code>
/// "Telemetry": {
///   "OtlpEndpoint": null,                              // none: nothing is sent, /metrics is the only way out
///   "ScrapeNetworks": [ "127.0.0.0/8", "::1/128" ]     // none given: loopback
/// }
/// </code>
/// Traces are sampled as the standard <c>OTEL_TRACES_SAMPLER</c> variables say; all of them without.
/// </remarks>
public sealed class TelemetryOptions : IValidatableObject
{
    public const string Section = "Telemetry";

    /// <summary>A collector's base address for OTLP over HTTP, such as <c>http://collector:4318</c>.</summary>
    /// <remarks><c>v1/metrics</c> and <c>v1/traces</c> follow it.</remarks>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>Networks, in CIDR notation, whose direct connections may scrape.</summary>
    public string[] ScrapeNetworks { get; init; } = [];

    // The binder appends to a list that has defaults, so loopback stands in for an empty one instead of being in it.
    internal IPNetwork[] Scrapers() =>
        ScrapeNetworks is [] ? [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")] : [.. ScrapeNetworks.Select(IPNetwork.Parse)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OtlpEndpoint is { } endpoint && !(endpoint.IsAbsoluteUri && endpoint.Scheme is "http" or "https"))
        {
            yield return new($"{Section}:{nameof(OtlpEndpoint)} must be an absolute http or https address.", [nameof(OtlpEndpoint)]);
        }

        foreach (var network in ScrapeNetworks.Where(network => !IPNetwork.TryParse(network, out _)))
        {
            yield return new(
                $"{Section}:{nameof(ScrapeNetworks)}: '{network}' is not a network such as 10.0.0.0/8 or fd00::/8.",
                [nameof(ScrapeNetworks)]);
        }
    }
}
