using System.Diagnostics;
using Portico.Bench.Load;
using Portico.Bench.Servers;

namespace Portico.Bench.Measurements;

/// <summary>How soon an existing installation is back, and what it holds when nobody wants anything.</summary>
internal static class StartAndMemory
{
    private const int Starts = 5;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        List<double> ready = [];
        List<double> bare = [];
        for (var start = 0; start < Starts; start++)
        {
            await using var once = await PorticoServer.StartAsync(workbench, "all", Settings.FrontDoor(), cancellationToken);
            ready.Add(once.StartedIn.TotalSeconds);
            bare.Add(await PrintTargetsAsync(workbench, cancellationToken));
        }

        await using var all = await PorticoServer.StartAsync(workbench, "all", Settings.FrontDoor(), cancellationToken);
        var token = await workbench.AddMemberAsync(cancellationToken);
        await Wrk.GetAsync(new Uri(all.Address, "/api/members/profile"), token, cancellationToken);
        await Task.Delay(Idle, cancellationToken);
        return
        [
            Finding.ValueAtMost(3, "start to ready, against `portico targets`", ready.Median(seconds => seconds), "s", bare.Median(seconds => seconds)),
            Finding.ValueAtMost(
                200, $"idle memory of serve all, {Environment.ProcessorCount} cores", Machine.ResidentMegabytes(all.ProcessId), "MB"),
            Finding.Only("idle memory of its PostgreSQL", Machine.FamilyMegabytes(workbench.Database.ProcessId), "MB"),
        ];
    }

    // The least that the executable can do: the runtime comes up, prints a list and goes.
    private static async Task<double> PrintTargetsAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await Tool.RunAsync(workbench.Executable, ["targets"], null, cancellationToken);
        return clock.Elapsed.TotalSeconds;
    }
}
