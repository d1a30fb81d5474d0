using Portico.Bench.Load;
using Portico.Bench.Servers;

namespace Portico.Bench.Measurements;

/// <summary>
/// The audit trail asked in every way that it can be, over 10,000 records and over 1,000,000: two databases on one server, turn
/// about. Few ask at a time, since what a question takes is to be seen and not how long a line becomes.
/// </summary>
internal static class AuditGrowth
{
    private const int Few = 10_000;
    private const int Many = 1_000_000;
    private const string FewName = "portico_activity_few";
    private const string ManyName = "portico_activity_many";

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        await using var all = await PorticoServer.StartAsync(workbench, "all", Settings.FrontDoor(), cancellationToken);
        await LongTrail.PrepareAsync(workbench, FewName, Few, cancellationToken);
        await LongTrail.PrepareAsync(workbench, ManyName, Many, cancellationToken);
        await using var few = await StartAsync(FewName);
        await using var many = await StartAsync(ManyName);
        var token = workbench.Identities.Admin();
        // Unmeasured at first: the optimiser needs to have seen the code run.
        await AlternateAsync();
        var (ours, theirs) = await AlternateAsync();
        var (long1, short1) = (ours.Median(round => round.P99Milliseconds), theirs.Median(round => round.P99Milliseconds));
        return
        [
            Finding.ValueAtMost(50, $"audit trail asked, p99 of {Many:n0} records", long1, "ms"),
            Finding.RatioAtMost(1.5, $"audit trail asked, p99, {Many:n0} records against {Few:n0}", long1, "ms", short1),
        ];

        Task<PorticoServer> StartAsync(string name) => PorticoServer.StartAsync(
            workbench, "activity", FreePort.NextAddress(), Settings.Behind(("auth", all.Address)).And(LongTrail.ConfigurationOf(workbench, name)), cancellationToken,
            folder: Path.Combine(workbench.RunFolder, name));

        Task<(IReadOnlyList<WrkRound> Ours, IReadOnlyList<WrkRound> Theirs)> AlternateAsync() =>
            Rounds.AlternateAsync(() => AskAsync(many, ManyName), () => AskAsync(few, FewName));

        async Task<WrkRound> AskAsync(PorticoServer server, string name)
        {
            var paths = Path.Combine(workbench.RunFolder, $"{name}-paths");
            await File.WriteAllLinesAsync(paths, await LongTrail.QuestionsAsync(workbench, name, cancellationToken), cancellationToken);
            return await Wrk.RunAsync(
                ["-c", "2", "-H", $"Authorization: Bearer {token}", "-s", Path.Combine(AppContext.BaseDirectory, "paths.lua"), server.Address.AbsoluteUri, "--", paths], cancellationToken);
        }
    }
}
