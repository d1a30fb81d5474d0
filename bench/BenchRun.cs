using System.Runtime.InteropServices;
using Portico.Bench.Measurements;

namespace Portico.Bench;

/// <summary>Measures the release build side by side with what it is compared to, prints a table and writes <c>bench/out/report.json</c>.</summary>
internal static class BenchRun
{
    private static readonly IReadOnlyList<(string Name, Func<Workbench, CancellationToken, Task<IReadOnlyList<Finding>>> MeasureAsync)> Measurements =
    [
        ("gateway", GatewayThroughput.MeasureAsync),
        ("all", OneProcessThroughput.MeasureAsync),
        ("scans", ScanThroughput.MeasureAsync),
        ("bookings", BookingThroughput.MeasureAsync),
        ("logins", LoginStorm.MeasureAsync),
        ("start", StartAndMemory.MeasureAsync),
        ("mixed", MixedUse.MeasureAsync),
        ("live", LiveFloor.MeasureAsync),
        ("spaces", ListThroughput.MeasureAsync),
        ("availability", AvailabilityGrowth.MeasureAsync),
        ("charges", ChargeThroughput.MeasureAsync),
        ("stats", StatsLag.MeasureAsync),
        ("stats-kafka", StatsLag.MeasureOverKafkaAsync),
        ("queues", QueueThroughput.MeasureAsync),
        ("counting", CountingThroughput.MeasureAsync),
        ("audit", AuditGrowth.MeasureAsync),
    ];

    // Every step is bounded and all of them take about twenty minutes, the most of it to write a million bookings and a million records; this ends a run
    // in which something hangs.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(35);

    public static async Task<int> RunAsync(string[] args)
    {
        var only = args.SkipWhile(arg => arg != "--only").Skip(1).FirstOrDefault()?.Split(',');
        var chosen = Measurements.Where(measurement => only is null || only.Contains(measurement.Name)).ToList();
        if (chosen.Count == 0 || args.Any(arg => arg.StartsWith('-') && arg is not ("--only" or "--no-build")))
        {
            await Console.Error.WriteLineAsync($"Usage: bench [--no-build] [--only {string.Join(',', Measurements.Select(measurement => measurement.Name))}]");
            return 2;
        }

        using var stopping = new CancellationTokenSource(Longest);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await MeasureAsync(chosen, build: !args.Contains("--no-build"), stopping.Token);

        // Only to wind up in order: what was started has to be ended.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }

    private static async Task<int> MeasureAsync(
        IReadOnlyList<(string Name, Func<Workbench, CancellationToken, Task<IReadOnlyList<Finding>>> MeasureAsync)> chosen,
        bool build,
        CancellationToken cancellationToken)
    {
        await using var workbench = await Workbench.SetUpAsync(build, cancellationToken);
        Console.WriteLine($"{Environment.ProcessorCount} cores, {Machine.Describe()}");
        List<Finding> findings = [];
        foreach (var (name, measure) in chosen)
        {
            Console.WriteLine($"measuring {name}, load {Machine.Load()} …");
            try
            {
                findings.AddRange(await measure(workbench, cancellationToken));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                await Console.Error.WriteLineAsync($"{name} could not be measured: {e}");
                findings.Add(Finding.Failed(name));
            }
        }

        Console.WriteLine();
        Console.WriteLine($"{Environment.ProcessorCount} cores, load {Machine.Load()} at the end");
        Console.WriteLine(Report.Table(findings));
        await Report.WriteAsync(findings, workbench.ReportPath, cancellationToken);
        return findings.Any(finding => finding.Pass is false) ? 1 : 0;
    }
}
