using System.CommandLine;
using Portico.Host.Setup;

namespace Portico.Host.Verbs;

/// <summary><c>portico migrate &lt;all|name&gt;</c>: brings the databases of the named modules to this version's schema.</summary>
internal static class MigrateVerb
{
    public static Command Create()
    {
        var verb = new Command("migrate", "Applies the SQL migrations that are missing.") { HostOptions.Target, HostOptions.Data };
        verb.SetAction((result, cancellationToken) =>
            HostOptions.WithTargetAsync(result, modules => RunAsync(new(modules, result.GetRequiredValue(HostOptions.Data)), cancellationToken)));
        return verb;
    }

    private static async Task<int> RunAsync(ProcessSetup setup, CancellationToken cancellationToken)
    {
        await using var process = await PorticoProcess.OpenQuietAsync(setup, cancellationToken);
        foreach (var (module, applied) in await Schemas.MigrateAsync(process.App.Services, cancellationToken))
        {
            Console.WriteLine(applied.Count == 0 ? $"{module}: up to date" : $"{module}: applied {string.Join(", ", applied)}");
        }

        return 0;
    }
}
