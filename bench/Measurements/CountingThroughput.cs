using Portico.Bench.Load;

namespace Portico.Bench.Measurements;

/// <summary>
/// Facts taken into the exact counters of Analytics, by one who has counted ten times as many before and by one who has not: two
/// databases on one durable server, turn about.
/// </summary>
internal static class CountingThroughput
{
    private const int Few = 20_000;
    private const int Many = 200_000;
    private const int Counted = 20_000;

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        await using var server = await Servers.PorticoServer.StartAsync(workbench, "all", Servers.Settings.FrontDoor(), cancellationToken);
        await using var few = await CountingHouse.OpenAsync(workbench, "counted_few", Few, cancellationToken);
        await using var many = await CountingHouse.OpenAsync(workbench, "counted_many", Many, cancellationToken);
        var (ours, theirs) = await Rounds.AlternateAsync(
            () => many.CountedPerSecondAsync(Counted, cancellationToken), () => few.CountedPerSecondAsync(Counted, cancellationToken));
        return
        [
            Finding.ValueAtLeast(10_000, "facts counted, in batches", theirs.Median(rate => rate), "/s"),
            Finding.RatioAtMost(
                1.2, $"a thousand facts counted after {Many:n0} against after {Few:n0}", ours.Median(rate => 1_000_000 / rate), "ms", theirs.Median(rate => 1_000_000 / rate)),
        ];
    }
}
