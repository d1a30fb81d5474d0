using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portico.Host;
using Portico.Platform.Modules;
using Yarp.ReverseProxy.Model;

namespace Portico.Tests.Architecture;

/// <summary>
/// The production application built for a target and never started: it needs no database and no port, and reads no
/// configuration of this machine.
/// </summary>
internal static class BuiltApps
{
    private static readonly ConcurrentDictionary<string, Lazy<(WebApplication App, IServiceCollection Services)>> Built = new();

    /// <summary>Every shape a route can be in: all together, each module alone, each beside the gateway.</summary>
    public static TheoryData<string> Targets { get; } =
    [
        ModuleCatalog.Everything,
        .. ModuleCatalog.Targets.Select(module => module.Name),
        .. ModuleCatalog.WithApi.Select(module => $"gateway,{module}"),
    ];

    public static IReadOnlyList<Assembly> Modules { get; } =
        [.. ModuleCatalog.Create(DeploymentOf(ModuleCatalog.Everything)).Select(module => module.GetType().Assembly)];

    public static IReadOnlyList<Assembly> Ours { get; } =
        [typeof(ModuleCatalog).Assembly, typeof(IModule).Assembly, typeof(Contracts.IIntegrationEvent).Assembly, .. Modules];

    public static WebApplication Of(string target) => Build(target).App;

    public static IServiceCollection ServicesOf(string target) => Build(target).Services;

    /// <summary>What the process answers itself.</summary>
    public static IReadOnlyList<DiscoveredRoute> RoutesOf(string target) => DiscoveredRoute.Of([Of(target)]);

    /// <summary>What its gateway forwards to modules elsewhere.</summary>
    public static IEnumerable<RouteEndpoint> ForwardedOf(string target) =>
        from source in ((IEndpointRouteBuilder)Of(target)).DataSources
        from endpoint in source.Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<RouteModel>() is not null
        select endpoint;

    private static (WebApplication App, IServiceCollection Services) Build(string target) => Built.GetOrAdd(target, _ => new(() =>
    {
        var builder = PorticoApp.Configure("/", ModuleCatalog.NoDatabases);
        ((IConfigurationBuilder)builder.Configuration).Sources.Clear();
        builder.Configuration.AddInMemoryCollection(ModuleCatalog.NoDatabases);
        builder.Logging.ClearProviders();
        return (PorticoApp.Build(DeploymentOf(target), builder), builder.Services);
    })).Value;

    private static Deployment DeploymentOf(string target) =>
        PorticoApp.Deployment(ModuleCatalog.Parse(target)!, new ConfigurationBuilder().Build(), "/");
}
