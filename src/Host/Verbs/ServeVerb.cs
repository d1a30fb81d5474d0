using System.CommandLine;
using Portico.Host.EmbeddedPostgres;
using Portico.Host.Setup;

namespace Portico.Host.Verbs;

/// <summary><c>portico serve &lt;all|name[,name]&gt;</c>: answers requests until it is told to stop.</summary>
internal static class ServeVerb
{
    private static readonly Option<string?> Urls = new("--urls") { Description = "Where to listen, for instance http://0.0.0.0:3000" };
    private static readonly Option<bool> Migrate = new("--migrate") { Description = "Apply missing migrations first (always done for the embedded database)" };
    private static readonly Option<bool> Demo = new("--demo") { Description = "Add demonstration data to an empty installation" };

    public static Command Create()
    {
        var verb = new Command("serve", "Answers requests until it is stopped.") { HostOptions.Target, HostOptions.Data, Urls, Migrate, Demo };
        verb.SetAction((result, cancellationToken) => HostOptions.WithTargetAsync(result, modules => RunAsync(modules, result, cancellationToken)));
        return verb;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> modules, ParseResult result, CancellationToken cancellationToken)
    {
        var setup = Setup(modules, result);
        // Several processes may share configured databases; an embedded one has one process for each of its modules.
        using var only = setup.UsesEmbeddedServer ? DataFolderLock.Take(setup.DataFolder, modules.Select(module => $"serve-{module}")) : null;
        ListeningAddresses.EnsureFree(setup.Configuration["urls"] ?? "");
        await using var process = await PorticoProcess.OpenAsync(setup, cancellationToken);
        var app = process.App;
        await (setup.UsesEmbeddedServer || result.GetValue(Migrate)
            ? Schemas.MigrateAsync(app.Services, cancellationToken)
            : Schemas.EnsureCurrentAsync(app.Services, cancellationToken));
        await AdminVerb.EnsureFirstAsync(app.Services, cancellationToken);
        if (result.GetValue(Demo))
        {
            await DemoVerb.SeedAsync(app.Services, cancellationToken);
        }

        await app.StartAsync(cancellationToken);
        Console.WriteLine($"Portico ({string.Join(", ", modules)}) answers on {string.Join(", ", app.Urls)}");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static ProcessSetup Setup(IReadOnlyList<string> modules, ParseResult result)
    {
        var (data, urls) = (result.GetRequiredValue(HostOptions.Data), result.GetValue(Urls));
        var setup = new ProcessSetup(modules, data, urls is null ? null : new Dictionary<string, string?> { ["urls"] = urls });
        return setup.Configuration["urls"] is { Length: > 0 } || setup.Configuration.GetSection("Kestrel:Endpoints").Exists()
            ? setup
            : new(modules, data, new Dictionary<string, string?> { ["urls"] = $"http://localhost:{ModuleCatalog.PortOf(modules)}" });
    }
}
