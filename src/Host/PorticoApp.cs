using Portico.Contracts.Auth;
using Portico.Platform.Messaging;
using Portico.Platform.Modules;
using Portico.Platform.Security;
using Portico.Platform.Telemetry;
using Portico.Platform.Web;

namespace Portico.Host;

/// <summary>Puts a process of Portico together. Tests start exactly this.</summary>
public static class PorticoApp
{
    /// <summary>
    /// Builds the application for a deployment. <paramref name="adjust"/> runs last, before the container is built.
    /// </summary>
    public static WebApplication Build(Deployment deployment, WebApplicationBuilder builder, Action<WebApplicationBuilder>? adjust = null)
    {
        var modules = ModuleCatalog.Create(deployment);
        builder.Services.AddSingleton(deployment);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddPlatformLogging().AddPlatformTelemetry();
        builder.AddPlatformWeb().AddPlatformSecurity(deployment).AddPlatformMessaging();
        builder.Services.AddNeighbour<IRevocationFeed, RevocationFeedClient>(deployment, "auth");
        foreach (var module in modules)
        {
            module.AddServices(builder);
        }

        adjust?.Invoke(builder);
        return builder.Build().UsePlatform(modules, deployment);
    }

    /// <summary>
    /// A builder that reads, later ones winning: <c>appsettings.json</c>, <c>portico.json</c> in the data folder, the environment,
    /// and <paramref name="settings"/>.
    /// </summary>
    public static WebApplicationBuilder Configure(
        string dataFolder, IEnumerable<KeyValuePair<string, string?>> settings, string? environment = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddJsonFile(Path.Combine(dataFolder, "portico.json"), optional: true);
        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddInMemoryCollection(settings);
        return builder;
    }

    /// <summary>Where the modules are: those hosted here, and the others at <c>Neighbours:&lt;name&gt;</c> or their own local port.</summary>
    public static Deployment Deployment(IReadOnlyList<string> hosted, IConfiguration configuration, string dataFolder) => new(
        hosted,
        ModuleCatalog.Targets
            .Where(module => module.Name != "gateway")
            .ToDictionary(module => module.Name, module => new Uri(configuration[$"Neighbours:{module.Name}"] ?? $"http://127.0.0.1:{module.Port}")),
        dataFolder);
}
