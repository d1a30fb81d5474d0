using Portico.Bench.Load;
using Portico.Bench.Servers;

namespace Portico.Bench.Measurements;

/// <summary>
/// Transactions made through <c>serve all</c>, each with the member's account locked, its limit, its posting in the book and its
/// fact in the outbox, against bare inserts by pgbench into the same durable server.
/// </summary>
internal static class ChargeThroughput
{
    private const int Clients = 32;

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        await using var all = await PorticoServer.StartAsync(workbench, "all", Settings.FrontDoor(), cancellationToken);
        var pgbench = new Pgbench(workbench, Clients);
        await pgbench.PrepareAsync(cancellationToken);
        var crowd = new ChargedCrowd(workbench, all, Clients);
        await crowd.AddAsync(cancellationToken);
        List<double> deliveries = [];
        // Unmeasured at first: after ten seconds of it on two busy cores, more than half of the program's time was still the optimiser's.
        for (var round = 0; round < 5; round++)
        {
            await ChargeAsync();
        }

        deliveries.Clear();
        var (ours, theirs) = await Rounds.AlternateAsync(ChargeAsync, () => pgbench.TransactionsPerSecondAsync(Wrk.Round, cancellationToken));
        return
        [
            Finding.RatioAtLeast(0.35, "transactions made against pgbench inserts", ours.Median(rate => rate), "/s", theirs.Median(rate => rate)),
            Finding.Only("facts of transactions delivered after the round", deliveries.Median(seconds => seconds), "s"),
        ];

        async Task<double> ChargeAsync()
        {
            var rate = await crowd.ChargedPerSecondAsync(cancellationToken);
            // pgbench is not to be slowed by work that Portico still has to do.
            deliveries.Add(await workbench.DeliverAsync("payments", cancellationToken));
            return rate;
        }
    }
}
