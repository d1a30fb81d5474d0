using Portico.Bench.Load;
using Portico.Bench.Servers;

namespace Portico.Bench.Measurements;

/// <summary>Whether 32 people signing in over and over, at full bcrypt cost, are felt by those who are in already.</summary>
internal static class LoginStorm
{
    private const int People = 32;
    private const int PerSecond = 200;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(8);

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        await using var all = await PorticoServer.StartAsync(
            workbench, "all", new Dictionary<string, string> { ["RateLimiting__Enabled"] = "false" }, cancellationToken);
        using var client = new HttpClient { BaseAddress = all.Address };
        var address = new Uri(all.Address, "/api/members/profile");
        var token = await workbench.AddMemberAsync(cancellationToken);
        var others = new OpenLoop(client, address, token);
        var storm = await Storm.GatherAsync(client, cancellationToken);
        var signedIn = 0;
        // Unmeasured at first: the optimiser, which takes a processor as the storm does, needs to have seen both run.
        await Wrk.GetAsync(address, token, cancellationToken);
        await DuringAsync();
        await DuringAsync();
        signedIn = 0;
        var (during, without) = await Rounds.AlternateAsync(DuringAsync, () => others.P99MillisecondsAsync(PerSecond, Round, cancellationToken));
        return
        [
            Finding.RatioAtMost(2, "GET p99 during a login storm against calm", during.Median(p99 => p99), "ms", without.Median(p99 => p99)),
            Finding.Only("logins during the storm", signedIn / (Rounds.Count * Round.TotalSeconds), "/s"),
        ];

        async Task<double> DuringAsync()
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var raging = storm.RageAsync(People, over.Token);
            var p99 = await others.P99MillisecondsAsync(PerSecond, Round, cancellationToken);
            await over.CancelAsync();
            signedIn += await raging;
            return p99;
        }
    }
}
