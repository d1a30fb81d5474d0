using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Portico.Bench.Servers;

/// <summary>
/// librdkafka's own three brokers, in a process of kcat's. They speak as Kafka does and keep what they are given in memory. A question
/// for more that finds nothing they answer when its time is up, where Kafka answers with the next message.
/// </summary>
internal sealed partial class KafkaBrokers : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string[] Streams = ["users", "members", "bookings", "transactions"];
    private readonly RunningProcess process;

    private KafkaBrokers(RunningProcess process, string addresses) => (this.process, Addresses) = (process, addresses);

    public string Addresses { get; }

    public static async Task<KafkaBrokers> StartAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var kcat = Tool.Find("kcat", "/usr/bin/kcat", "/usr/local/bin/kcat");
        var log = Path.Combine(workbench.LogFolder, "kafka.log");
        // It has brokers for as long as it waits for messages of a topic that nobody writes to.
        var process = RunningProcess.Start(log, null, kcat, "-X", "test.mock.num.brokers=3", "-b", "none:1", "-C", "-q", "-t", "none");
        try
        {
            var addresses = await AddressesAsync(log, cancellationToken);
            foreach (var topic in Streams.SelectMany(stream => (string[])[stream, $"{stream}.dlq"]))
            {
                // They cannot be told to make topics, but make one that they are asked about.
                await Tool.RunAsync(kcat, ["-b", addresses, "-L", "-t", topic], null, cancellationToken);
            }

            return new(process, addresses);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static async Task<string> AddressesAsync(string log, CancellationToken cancellationToken)
    {
        for (var waiting = Stopwatch.StartNew(); waiting.Elapsed < Patience; await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken))
        {
            if (File.Exists(log) && Told.Match(await File.ReadAllTextAsync(log, cancellationToken)) is { Success: true } told)
            {
                return told.Groups["addresses"].Value;
            }
        }

        throw new InvalidOperationException($"kcat does not tell where its brokers are: {log}");
    }

    [GeneratedRegex(@"replaced with (?<addresses>[0-9.:,]+)\s")]
    private static partial Regex Told { get; }
}
