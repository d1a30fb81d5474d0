using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Portico.Platform.Modules;
using Yarp.ReverseProxy.Model;

namespace Portico.Tests;

/// <summary>A method and path that one process of the running platform answers itself.</summary>
/// <param name="Module">A module of that process: what it answers is at <see cref="RunningPlatform.AddressOf"/>.</param>
/// <param name="Pattern">The path with its parameters, for instance <c>/api/auth/sessions/{id:guid}</c>.</param>
/// <param name="BodyType">What it reads from a JSON body; null when it takes none.</param>
public sealed record DiscoveredRoute(string Module, string Method, string Pattern, Type? BodyType, RouteEndpoint Endpoint)
{
    public bool IsInternal => Pattern.StartsWith("/internal/", StringComparison.Ordinal);

    /// <summary>Part of a module's API, so that it can be called through the gateway.</summary>
    public bool IsApi => Pattern.StartsWith("/api/", StringComparison.Ordinal);

    public IReadOnlyList<RoutePatternParameterPart> Parameters => [.. Endpoint.RoutePattern.Parameters];

    /// <summary>The path with every parameter replaced.</summary>
    public string PathWith(Func<RoutePatternParameterPart, string> value) => "/" + string.Join('/', Endpoint.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter => value(parameter),
            _ => throw new InvalidOperationException($"{part} in {Pattern}"),
        }))));

    /// <summary>A path that matches and names nothing that exists.</summary>
    public string SomePath() => PathWith(parameter => parameter.ParameterPolicies.Select(policy => policy.Content).FirstOrDefault() switch
    {
        "guid" or null => Guid.CreateVersion7().ToString(),
        "int" or "long" => "1",
        "bool" => "true",
        "datetime" => "2026-01-01",
        _ => "something",
    });

    public override string ToString() => $"{Method} {Pattern}";

    /// <summary>Everything the platform's processes answer themselves; what the gateway only forwards is not among it.</summary>
    public static IReadOnlyList<DiscoveredRoute> Of(RunningPlatform platform) => Of(platform.Apps);

    /// <summary>The same of applications that need not have been started.</summary>
    public static IReadOnlyList<DiscoveredRoute> Of(IEnumerable<WebApplication> apps) =>
    [
        .. from app in apps
           let module = app.Services.GetRequiredService<Deployment>().Hosted[0]
           from source in ((IEndpointRouteBuilder)app).DataSources
           from endpoint in source.Endpoints.OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<RouteModel>() is null
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
           select new DiscoveredRoute(
               module, method, Normal(endpoint.RoutePattern.RawText), endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType, endpoint),
    ];

    // A group's own path ends with a slash that nobody writes.
    private static string Normal(string? pattern) => "/" + (pattern ?? "").Trim('/');
}
