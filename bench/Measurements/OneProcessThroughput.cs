using Portico.Bench.Load;
using Portico.Bench.Servers;

namespace Portico.Bench.Measurements;

/// <summary>What the front door costs where it stands in the same process: <c>serve all</c> against <c>serve members</c> called directly.</summary>
internal static class OneProcessThroughput
{
    public static async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        await using var all = await PorticoServer.StartAsync(workbench, "all", Settings.FrontDoor(), cancellationToken);
        // In a folder of its own, since two may not run on one, with the other's database and keys.
        Dictionary<string, string> shared = new()
        {
            ["Modules__members__ConnectionString"] = workbench.Database.ConnectionString("portico_members"),
            ["Tokens__KeyFolder"] = Path.Combine(workbench.DataFolder, "keys"),
        };
        await using var members = await PorticoServer.StartAsync(
            workbench, "members", FreePort.NextAddress(), Settings.Behind(("auth", all.Address), ("bookings", all.Address)).And(shared), cancellationToken,
            folder: Path.Combine(workbench.RunFolder, "beside"));
        var token = await workbench.AddMemberAsync(cancellationToken);
        // Unmeasured at first: the optimiser needs to have seen the code run.
        await AlternateAsync();
        var (ours, theirs) = await AlternateAsync();
        return
        [
            Finding.RatioAtLeast(
                0.8, "serve all GET against the backend directly",
                ours.Median(round => round.RequestsPerSecond), "req/s", theirs.Median(round => round.RequestsPerSecond)),
            Finding.Only("serve all GET, p99", ours.Median(round => round.P99Milliseconds), "ms", theirs.Median(round => round.P99Milliseconds)),
        ];

        Task<(IReadOnlyList<WrkRound> Ours, IReadOnlyList<WrkRound> Theirs)> AlternateAsync() => Rounds.AlternateAsync(
            () => Wrk.GetAsync(new Uri(all.Address, "/api/members/profile"), token, cancellationToken),
            () => Wrk.GetAsync(new Uri(members.Address, "/api/members/profile"), token, cancellationToken));
    }
}
