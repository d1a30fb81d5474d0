using Portico.Bench.Load;
using Portico.Bench.Servers;
using Portico.Host;

namespace Portico.Bench.Measurements;

/// <summary>
/// What the front door costs: Portico's gateway with tokens, limits and CORS, against nginx with nothing, before the same
/// backend. The profile takes one query there; the pass takes none, so that more of what is seen is the proxy's.
/// </summary>
internal static class GatewayThroughput
{
    private const string Profile = "/api/members/profile";
    private const string Pass = "/api/members/pass?format=text";

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        // Each is told where the others are: the usual ports may be somebody else's.
        var neighbours = Settings.Behind([.. ModuleCatalog.WithApi.Select(module => (module, FreePort.NextAddress()))]);
        await using var auth = await StartAsync("auth");
        await using var members = await StartAsync("members");
        // Nobody calls these, but the gateway is not ready without them.
        await using var activity = await StartAsync("activity");
        await using var bookings = await StartAsync("bookings");
        await using var payments = await StartAsync("payments");
        await using var analytics = await StartAsync("analytics");
        await using var notifications = await StartAsync("notifications");
        await using var gateway = await PorticoServer.StartAsync(workbench, "gateway", Settings.FrontDoor().And(neighbours), cancellationToken);
        var (process, nginx) = await Nginx.StartAsync(workbench, members.Address, cancellationToken);
        await using var proxy = process;
        var token = await workbench.AddMemberAsync(cancellationToken);

        // Twice each: the first call counters send code to the optimiser, and what it made has to be measured.
        await CompareAsync(Profile);
        var (ours, theirs) = await CompareAsync(Profile);
        var (light, lightTheirs) = await CompareAsync(Pass);
        var direct = await Wrk.GetAsync(new Uri(members.Address, Profile), token, cancellationToken);
        return
        [
            Finding.RatioAtLeast(0.6, "gateway GET against nginx", ours.PerSecond, "req/s", theirs.PerSecond),
            Finding.RatioAtMost(2, "gateway GET p99 against nginx", ours.P99, "ms", theirs.P99),
            Finding.Only("gateway GET without a query against nginx", light.PerSecond, "req/s", lightTheirs.PerSecond),
            Finding.Only("gateway GET without a query, p99", light.P99, "ms", lightTheirs.P99),
            Finding.Only("backend GET directly against nginx", direct.RequestsPerSecond, "req/s", theirs.PerSecond),
        ];

        Task<PorticoServer> StartAsync(string module) =>
            PorticoServer.StartAsync(workbench, module, new Uri(neighbours[$"Neighbours__{module}"]), neighbours, cancellationToken);

        async Task<(Seen Ours, Seen Theirs)> CompareAsync(string path)
        {
            var (a, b) = await Rounds.AlternateAsync(
                () => Wrk.GetAsync(new Uri(gateway.Address, path), token, cancellationToken),
                () => Wrk.GetAsync(new Uri(nginx, path), token, cancellationToken));
            return (Seen.Of(a), Seen.Of(b));
        }
    }

    private sealed record Seen(double PerSecond, double P99)
    {
        public static Seen Of(IReadOnlyList<WrkRound> rounds) =>
            new(rounds.Median(round => round.RequestsPerSecond), rounds.Median(round => round.P99Milliseconds));
    }
}
