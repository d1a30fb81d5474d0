using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Portico.Bench.Load;
using Portico.Bench.Servers;

namespace Portico.Bench.Measurements;

/// <summary>How long after the answer to a transaction its maker's <c>/stats</c> have it.</summary>
internal static class StatsLag
{
    private const int Unmeasured = 100;
    private const int Measured = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken) =>
        MeasureAsync(workbench, "", [], 100, cancellationToken);

    /// <summary>The same where what Payments says goes through Kafka before Analytics hears it.</summary>
    public static async Task<IReadOnlyList<Finding>> MeasureOverKafkaAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        await using var kafka = await KafkaBrokers.StartAsync(workbench, cancellationToken);
        return await MeasureAsync(workbench, " over Kafka", new() { ["Messaging__Kafka__Brokers"] = kafka.Addresses }, 250, cancellationToken);
    }

    private static async Task<IReadOnlyList<Finding>> MeasureAsync(
        Workbench workbench, string how, Dictionary<string, string> messaging, double most, CancellationToken cancellationToken)
    {
        await using var all = await PorticoServer.StartAsync(workbench, "all", Settings.FrontDoor().And(messaging), cancellationToken);
        using var member = new HttpClient { BaseAddress = all.Address };
        member.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", workbench.Identities.Member(Identities.NewId()));
        List<double> lags = [];
        for (var made = 1; made <= Unmeasured + Measured; made++)
        {
            using var answer = await member.PostAsJsonAsync("/api/payments/transactions", new { amount = 0.01m, description = "Coffee" }, cancellationToken);
            answer.EnsureSuccessStatusCode();
            var waiting = Stopwatch.StartNew();
            while (await CountedAsync() < made)
            {
                if (waiting.Elapsed > Patience)
                {
                    throw new InvalidOperationException($"Transaction {made} is not counted after {Patience.TotalSeconds} s.");
                }
            }

            if (made > Unmeasured)
            {
                lags.Add(waiting.Elapsed.TotalMilliseconds);
            }
        }

        lags.Sort();
        return
        [
            Finding.Only($"from commit to /stats{how}, p50", lags.Median(lag => lag), "ms"),
            Finding.ValueAtMost(most, $"from commit to /stats{how}, p99", lags[(int)Math.Ceiling(Measured * 0.99) - 1], "ms"),
        ];

        async Task<long> CountedAsync() =>
            (await member.GetFromJsonAsync<JsonElement>("/api/analytics/stats", cancellationToken)).GetProperty("total_transactions").GetInt64();
    }
}
