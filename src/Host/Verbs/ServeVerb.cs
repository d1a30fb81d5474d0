using System.CommandLine;
using Portico.Host.EmbeddedPostgres;
using Portico.Platform.Data;
using Portico.Platform.Modules;

namespace Portico.Host.Verbs;

/// <summary><c>portico serve &lt;all|name[,name]&gt;</c>: answers requests until it is told to stop.</summary>
internal static class ServeVerb
{
    private static readonly Option<bool> Migrate = new("--migrate") { Description = "Apply missing migrations first (always done for the embedded database)" };
    private static readonly Option<bool> Demo = new("--demo") { Description = "Add demonstration data to an empty installation" };

    public static Command Create()
    {
        var verb = new Command("serve", "Answers requests until it is stopped.") { HostOptions.Target, HostOptions.Data, HostOptions.Urls, Migrate, Demo };
        verb.SetAction((result, cancellationToken) => HostOptions.WithTargetAsync(result, modules => RunAsync(modules, result, cancellationToken)));
        return verb;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> modules, ParseResult result, CancellationToken cancellationToken)
    {
        var data = result.GetRequiredValue(HostOptions.Data);
        using var only = DataFolderLock.Take(data, $"serve-{string.Join('-', modules)}");
        await using var process = await PorticoProcess.OpenAsync(modules, data, Settings(modules, result), cancellationToken);
        var app = process.App;
        await PrepareAsync(app, process.HasEmbeddedDatabase || result.GetValue(Migrate), cancellationToken);
        if (result.GetValue(Demo))
        {
            await using var scope = app.Services.CreateAsyncScope();
            foreach (var demo in scope.ServiceProvider.GetServices<IDemoData>())
            {
                await demo.SeedAsync(cancellationToken);
            }
        }

        await app.StartAsync(cancellationToken);
        Console.WriteLine($"Portico ({string.Join(", ", modules)}) answers on {string.Join(", ", app.Urls)}");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static Dictionary<string, string?> Settings(IReadOnlyList<string> modules, ParseResult result)
    {
        var urls = result.GetValue(HostOptions.Urls) ?? Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? $"http://localhost:{ModuleCatalog.PortOf(modules)}";
        return new() { ["urls"] = urls };
    }

    private static async Task PrepareAsync(WebApplication app, bool migrate, CancellationToken cancellationToken)
    {
        foreach (var module in app.Services.GetServices<IMigratedModule>())
        {
            if (migrate)
            {
                await module.MigrateAsync(cancellationToken);
            }
            else if (await module.PendingAsync(cancellationToken) is { Count: > 0 } pending)
            {
                throw new InvalidOperationException(
                    $"The database of {module.Module} lacks {string.Join(", ", pending)}. Run `portico migrate {module.Module}` first, or serve with --migrate.");
            }
        }
    }
}
