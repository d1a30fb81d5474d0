using System.CommandLine;
using Dapper;
using Portico.Host.Agreement;
using Portico.Host.Setup;
using Portico.Platform.Data;

namespace Portico.Host.Verbs;

/// <summary><c>portico verify</c>: proves that every module's tables are right and that the modules agree with each other.</summary>
internal static class VerifyVerb
{
    private const int Shown = 20;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    private static readonly Option<int> Wait = new("--wait")
    {
        Description = "How many seconds facts may still take to arrive",
        DefaultValueFactory = _ => 30,
    };

    public static Command Create()
    {
        var verb = new Command("verify", "Checks that the data of all modules are right and agree. Changes nothing.") { Wait, HostOptions.Data };
        verb.SetAction((result, cancellationToken) => RunAsync(
            new(ModuleCatalog.Parse(ModuleCatalog.Everything)!, result.GetRequiredValue(HostOptions.Data)),
            TimeSpan.FromSeconds(result.GetRequiredValue(Wait)), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(ProcessSetup setup, TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var process = await PorticoProcess.OpenQuietAsync(setup, cancellationToken);
        await Schemas.EnsureCurrentAsync(process.App.Services, cancellationToken);
        var modules = process.App.Services.GetServices<IVerifiedModule>().ToDictionary(module => module.Module);
        var wrong = 0;
        foreach (var module in modules.Values)
        {
            wrong += Tell(module.Module, module.Invariants.Count, await module.FindFaultsAsync(cancellationToken));
        }

        wrong += Tell("between modules", AcrossModules.All.Count, await BetweenAsync(modules, patience, cancellationToken));
        return wrong == 0 ? 0 : 1;
    }

    // Modules agree once what they told each other has arrived. While they are at work something is always on its way: what differs is
    // looked at again until it agrees or the time is up.
    private static async Task<IReadOnlyList<string>> BetweenAsync(
        Dictionary<string, IVerifiedModule> modules, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var faults = await CompareAsync(modules, cancellationToken);
            if (faults.Count == 0 || TimeProvider.System.GetElapsedTime(began) > patience)
            {
                return faults;
            }

            await Task.Delay(LookAgain, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<IReadOnlyList<string>> CompareAsync(Dictionary<string, IVerifiedModule> modules, CancellationToken cancellationToken)
    {
        List<string> faults = [];
        foreach (var module in modules.Values)
        {
            await using var connection = await module.Source.OpenConnectionAsync(cancellationToken);
            var waiting = await connection.QuerySingleAsync<long>(new("select count(*) from outbox where parked_at is null", cancellationToken: cancellationToken));
            if (waiting > 0)
            {
                faults.Add($"{waiting} facts of {module.Module} are still on their way: is everything being served?");
            }
        }

        foreach (var comparison in AcrossModules.All)
        {
            await foreach (var fault in comparison.FindFaultsAsync(modules[comparison.Module].Source, modules[comparison.Other].Source, cancellationToken))
            {
                faults.Add(fault);
            }
        }

        return faults;
    }

    private static int Tell(string what, int checks, IReadOnlyList<string> faults)
    {
        Console.WriteLine($"{what}: {checks} checks, {(faults.Count == 0 ? "nothing is wrong" : $"{faults.Count} wrong")}");
        foreach (var fault in faults.Take(Shown))
        {
            Console.WriteLine($"  {fault}");
        }

        return faults.Count;
    }
}
