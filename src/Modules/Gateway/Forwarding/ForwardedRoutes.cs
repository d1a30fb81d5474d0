using Portico.Platform.Modules;
using Portico.Platform.Security;
using Portico.Platform.Web;
using Yarp.ReverseProxy.Configuration;

namespace Portico.Gateway.Forwarding;

/// <summary>What is forwarded to modules that run elsewhere: their API and their documents, and nothing internal.</summary>
internal static class ForwardedRoutes
{
    public static IReadOnlyList<RouteConfig> Routes(Deployment deployment) =>
    [
        .. Elsewhere(deployment).SelectMany(module => (RouteConfig[])
        [
            // What the module asks beyond "signed in" is the module's to check: it verifies the token itself.
            Route(module, "api", $"/api/{module}/{{**rest}}", Policies.AnyPassword, null),
            Route(module, "document", $"/openapi/{module}.json", "anonymous", ["GET"]),
        ]),
        .. OpenDoors.All
            .Select(door => door.Split(' '))
            .Where(door => Elsewhere(deployment).Any(module => door[1].StartsWith($"/api/{module}/", StringComparison.Ordinal)))
            .Select(door => Route(door[1].Split('/')[2], $"open {door[0]} {door[1]}", door[1], "anonymous", [door[0]])),
    ];

    public static IReadOnlyList<ClusterConfig> Clusters(Deployment deployment, GatewayOptions options) =>
    [
        .. Elsewhere(deployment).Select(module => new ClusterConfig
        {
            ClusterId = module,
            Destinations = new Dictionary<string, DestinationConfig> { [module] = new() { Address = deployment.AddressOf(module).ToString() } },
            HttpRequest = new() { ActivityTimeout = options.ForwardTimeout, Version = System.Net.HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact },
            HealthCheck = new()
            {
                Passive = new() { Enabled = true, Policy = "TransportFailureRate", ReactivationPeriod = options.RestAfterFailure },
                AvailableDestinationsPolicy = "HealthyAndUnknown",
            },
        }),
    ];

    public static IEnumerable<string> Elsewhere(Deployment deployment) =>
        deployment.Neighbours.Keys.Where(module => !deployment.Hosts(module));

    private static RouteConfig Route(string module, string name, string path, string policy, string[]? methods) => new()
    {
        RouteId = $"{module} {name}",
        ClusterId = module,
        Match = new() { Path = path, Methods = methods },
        AuthorizationPolicy = policy,
        Order = methods is null ? 1 : 0,
    };
}
