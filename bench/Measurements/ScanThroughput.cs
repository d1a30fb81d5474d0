using Portico.Bench.Load;
using Portico.Bench.Servers;

namespace Portico.Bench.Measurements;

/// <summary>
/// Attendance scans committed through <c>serve all</c>, each with its lock, its rules, its row and its fact in the outbox,
/// against bare inserts by pgbench into the same durable server.
/// </summary>
internal static class ScanThroughput
{
    private const int Clients = 32;

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        await using var all = await PorticoServer.StartAsync(workbench, "all", Settings.FrontDoor(), cancellationToken);
        var pgbench = new Pgbench(workbench, Clients);
        await pgbench.PrepareAsync(cancellationToken);
        var crowd = await ScanningCrowd.AtNewEventAsync(workbench, all, Clients, cancellationToken);
        List<double> deliveries = [];
        // Unmeasured at first: the optimiser needs about ten seconds of it on two busy cores.
        await ScanAsync();
        await ScanAsync();
        deliveries.Clear();
        var (ours, theirs) = await Rounds.AlternateAsync(ScanAsync, () => pgbench.TransactionsPerSecondAsync(Wrk.Round, cancellationToken));
        return
        [
            Finding.RatioAtLeast(0.5, "scans committed against pgbench inserts", ours.Median(rate => rate), "/s", theirs.Median(rate => rate)),
            Finding.Only("facts of scans delivered after the round", deliveries.Median(seconds => seconds), "s"),
        ];

        async Task<double> ScanAsync()
        {
            var rate = await crowd.CommittedPerSecondAsync(cancellationToken);
            // pgbench is not to be slowed by work that Portico still has to do.
            deliveries.Add(await workbench.DeliverAsync("members", cancellationToken));
            return rate;
        }
    }
}
