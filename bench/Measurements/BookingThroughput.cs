using Portico.Bench.Load;
using Portico.Bench.Servers;

namespace Portico.Bench.Measurements;

/// <summary>
/// Slots held over many spaces through <c>serve all</c>, each with its locks, its rules, its price, its claim under the
/// exclusion constraint, its trace and its fact in the outbox, against bare inserts by pgbench into the same durable server.
/// </summary>
internal static class BookingThroughput
{
    private const int Clients = 32;

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        await using var all = await PorticoServer.StartAsync(workbench, "all", Settings.FrontDoor(), cancellationToken);
        var pgbench = new Pgbench(workbench, Clients);
        await pgbench.PrepareAsync(cancellationToken);
        var crowd = await BookingCrowd.OnNewFloorAsync(workbench, all, Clients, cancellationToken);
        // Unmeasured at first: the optimiser needs half a minute of it on two busy cores.
        for (var round = 0; round < 6; round++)
        {
            await HoldAsync();
        }

        var (ours, theirs) = await Rounds.AlternateAsync(HoldAsync, () => pgbench.TransactionsPerSecondAsync(Wrk.Round, cancellationToken));
        return [Finding.RatioAtLeast(0.4, "guarded holds against pgbench inserts", ours.Median(rate => rate), "/s", theirs.Median(rate => rate))];

        async Task<double> HoldAsync()
        {
            var rate = await crowd.HeldPerSecondAsync(cancellationToken);
            // pgbench is not to be slowed by work that Portico still has to do.
            await workbench.DeliverAsync("bookings", cancellationToken);
            return rate;
        }
    }
}
