using Microsoft.Extensions.Options;
using Portico.Contracts.Auth;
using Portico.Contracts.Payments;
using Portico.Host.Documents;
using Portico.Host.Setup;
using Portico.Platform.Messaging;
using Portico.Platform.Modules;
using Portico.Platform.Security;
using Portico.Platform.Telemetry;
using Portico.Platform.Web;

namespace Portico.Host;

/// <summary>Puts a process of Portico together. Tests start exactly this.</summary>
public static class PorticoApp
{
    /// <summary>How long the drain of the requests and the end of all that stops after them may take together.</summary>
    private static readonly TimeSpan Stopping = DrainingServer.Drain + TimeSpan.FromSeconds(15);

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
        builder.Services.AddNeighbour<IDocumentFiles, DocumentFilesClient>(deployment, "payments");
        builder.Services.AddApiDocuments(deployment);
        foreach (var module in modules)
        {
            module.AddServices(builder);
        }

        adjust?.Invoke(builder);
        var app = builder.Build();
        // Before the pipeline reads the first of them, so that all errors are told together.
        app.Services.GetService<IStartupValidator>()?.Validate();
        app.UsePlatform(modules, deployment);
        app.MapApiDocuments(deployment);
        return app;
    }

    /// <summary>
    /// A builder that reads, later ones winning: <c>appsettings.json</c>, <c>portico.json</c> in the data folder, the environment,
    /// and <paramref name="settings"/>.
    /// </summary>
    public static WebApplicationBuilder Configure(
        string dataFolder, IEnumerable<KeyValuePair<string, string?>> settings, string? environment = null)
    {
        // Files are read once: watching them would put a watch on every folder below, the database's among them.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Configuration.AddJsonFile(Path.Combine(dataFolder, "portico.json"), optional: true);
        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Stopping);
        builder.Services.AddDrainingServer();
        return builder;
    }

    /// <summary>Where the modules are: those hosted here, and the others at <c>Neighbours:&lt;name&gt;</c> or their own local port.</summary>
    public static Deployment Deployment(IReadOnlyList<string> hosted, IConfiguration configuration, string dataFolder) => new(
        hosted,
        ModuleCatalog.Targets
            .Where(module => ModuleCatalog.WithApi.Contains(module.Name))
            .ToDictionary(module => module.Name, module => Address($"Neighbours:{module.Name}", configuration, $"http://127.0.0.1:{module.Port}")),
        dataFolder);

    private static Uri Address(string key, IConfiguration configuration, string otherwise)
    {
        var text = configuration[key] is { Length: > 0 } configured ? configured : otherwise;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new WrongSettingException(key, $"\"{text}\" is not an address such as http://10.0.0.5:3001.");
    }
}
