using Portico.Bench.Load;
using Portico.Bench.Servers;

namespace Portico.Bench.Measurements;

/// <summary>
/// What is free in a thousand spaces, asked of a process that has 10,000 bookings and of one that has 1,000,000: two databases on
/// one server, turn about. Few ask at a time, since what a question takes is to be seen and not how long a line becomes.
/// </summary>
internal static class AvailabilityGrowth
{
    private const int Few = 10;
    private const int Many = 1000;
    private const string FewName = "portico_bookings_few";
    private const string ManyName = "portico_bookings_many";

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        await using var all = await PorticoServer.StartAsync(workbench, "all", Settings.FrontDoor(), cancellationToken);
        await BusyYears.PrepareAsync(workbench, FewName, Few, cancellationToken);
        await BusyYears.PrepareAsync(workbench, ManyName, Many, cancellationToken);
        await using var few = await StartAsync(FewName);
        await using var many = await StartAsync(ManyName);
        var token = workbench.Identities.Member(Identities.NewId());
        List<Finding> findings = [];
        foreach (var (what, filters) in ((string, string)[])[("of 50 with a capacity", "free_only=true&capacity=6&limit=50"), ("of 50 in all", "limit=50")])
        {
            // Unmeasured at first: the optimiser needs to have seen the code run.
            await AlternateAsync(filters);
            var (ours, theirs) = await AlternateAsync(filters);
            findings.Add(Finding.RatioAtMost(
                1.5, $"availability {what}, p99, {BusyYears.Spaces * Many:n0} bookings against {BusyYears.Spaces * Few:n0}",
                ours.Median(round => round.P99Milliseconds), "ms", theirs.Median(round => round.P99Milliseconds)));
        }

        return findings;

        Task<PorticoServer> StartAsync(string name) => PorticoServer.StartAsync(
            workbench, "bookings", FreePort.NextAddress(),
            Settings.Behind(("auth", all.Address), ("members", all.Address)).And(BusyYears.ConfigurationOf(workbench, name)), cancellationToken,
            folder: Path.Combine(workbench.RunFolder, name));

        Task<(IReadOnlyList<WrkRound> Ours, IReadOnlyList<WrkRound> Theirs)> AlternateAsync(string filters) =>
            Rounds.AlternateAsync(() => AskAsync(many, filters), () => AskAsync(few, filters));

        Task<WrkRound> AskAsync(PorticoServer server, string filters) => Wrk.RunAsync(
            ["-c", "2", "-H", $"Authorization: Bearer {token}", new Uri(server.Address, $"/api/bookings/availability?{BusyYears.Morning(3)}&{filters}").AbsoluteUri],
            cancellationToken);
    }
}
