using System.CommandLine;
using Portico.Platform.Data;

namespace Portico.Host.Verbs;

/// <summary><c>portico migrate &lt;all|name&gt;</c>: brings the databases of the named modules to this version's schema.</summary>
internal static class MigrateVerb
{
    public static Command Create()
    {
        var verb = new Command("migrate", "Applies the SQL migrations that are missing.") { HostOptions.Target, HostOptions.Data };
        verb.SetAction((result, cancellationToken) =>
            HostOptions.WithTargetAsync(result, modules => RunAsync(modules, result.GetRequiredValue(HostOptions.Data), cancellationToken)));
        return verb;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> modules, string data, CancellationToken cancellationToken)
    {
        await using var process = await PorticoProcess.OpenAsync(modules, data, new Dictionary<string, string?>(), cancellationToken);
        foreach (var module in process.App.Services.GetServices<IMigratedModule>())
        {
            var applied = await module.MigrateAsync(cancellationToken);
            Console.WriteLine(applied.Count == 0 ? $"{module.Module}: up to date" : $"{module.Module}: applied {string.Join(", ", applied)}");
        }

        return 0;
    }
}
