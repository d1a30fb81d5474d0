using System.Globalization;
using System.Text.RegularExpressions;
using Portico.Bench.Servers;

namespace Portico.Bench.Load;

/// <summary>What one round of wrk saw.</summary>
internal sealed record WrkRound(double RequestsPerSecond, double P99Milliseconds, TimeSpan Took);

/// <summary>The load generator wrk: as many requests as its connections take, each connection waiting for its answer.</summary>
internal static partial class Wrk
{
    public static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    public static Task<WrkRound> GetAsync(Uri address, string token, CancellationToken cancellationToken) =>
        RunAsync(
            ["-c", "64", "-H", $"Authorization: Bearer {token}", "-H", $"Origin: {Settings.Origin}", address.AbsoluteUri], cancellationToken);

    public static async Task<WrkRound> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        string[] all = ["-t", "2", "-d", $"{Round.TotalSeconds}s", "--latency", "--timeout", "10s", .. arguments];
        var output = await Tool.RunAsync(Tool.Find("wrk", "/usr/bin/wrk", "/usr/local/bin/wrk"), all, null, cancellationToken);
        if (Refused.IsMatch(output))
        {
            throw new InvalidOperationException($"Not every request was answered well:\n{output}");
        }

        return new(Number(PerSecond.Match(output).Groups[1].Value), Milliseconds(P99.Match(output)), TimeSpan.FromMilliseconds(Milliseconds(Took.Match(output))));
    }

    private static double Milliseconds(Match match) => Number(match.Groups[1].Value) * match.Groups[2].Value switch
    {
        "us" => 0.001,
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        var unit => throw new FormatException($"wrk said \"{match.Value}\", in {unit}."),
    };

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond { get; }

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s|m)")]
    private static partial Regex P99 { get; }

    [GeneratedRegex(@"requests in ([\d.]+)(us|ms|s|m)")]
    private static partial Regex Took { get; }

    [GeneratedRegex("Non-2xx|Socket errors")]
    private static partial Regex Refused { get; }
}
