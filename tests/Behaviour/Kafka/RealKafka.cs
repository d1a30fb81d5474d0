using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Portico.Tests.Behaviour.Kafka;

/// <summary>Apache Kafka with its ZooKeeper, as processes of the system, from tools/test-kafka. Killed and started again it has what it had.</summary>
internal sealed class RealKafka : IAsyncDisposable
{
    private static readonly string Tools = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../tools/test-kafka"));
    private readonly string folder = Directory.CreateTempSubdirectory("portico-kafka-").FullName;
    private readonly int port = FreePort.Next();
    private readonly int zooKeeperPort = FreePort.Next();
    private readonly List<Process> running = [];

    private RealKafka()
    {
    }

    /// <summary>It is 0.9: it keeps no headers, knows no idempotent producers, and cannot be asked what it can do.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Messaging:Kafka:Brokers"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
        ["Messaging:Kafka:Structured"] = "true",
        ["Messaging:Kafka:Settings:api.version.request"] = "false",
        ["Messaging:Kafka:Settings:broker.version.fallback"] = "0.9.0.1",
        ["Messaging:Kafka:Settings:enable.idempotence"] = "false",
        // A member that the broker forgot while it was away holds up its group for so long.
        ["Messaging:Kafka:Settings:session.timeout.ms"] = "6000",
    };

    public static async Task<RealKafka> StartAsync()
    {
        if (!Directory.Exists(Path.Combine(Tools, "node_modules")) && Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Skip("Kafka is missing: sh tools/test-kafka/install.sh");
        }

        var kafka = new RealKafka();
        await kafka.RunAsync("zookeeper", kafka.zooKeeperPort);
        await kafka.ComeBackAsync();
        return kafka;
    }

    /// <summary><c>kill -9</c> of the broker.</summary>
    public async Task GoAwayAsync()
    {
        var broker = running[^1];
        running.Remove(broker);
        await EndAsync(broker);
    }

    public Task ComeBackAsync() => RunAsync("kafka", port);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(running))
        {
            await EndAsync(process);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task EndAsync(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task RunAsync(string what, int answersOn)
    {
        string[] arguments = [Path.Combine(Tools, "start"), what, folder, .. ((int[])[port, zooKeeperPort]).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        running.Add(Process.Start("bash", arguments));
        await Eventually.TrueAsync(() => AnswersAsync(answersOn), $"{what} does not answer", TimeSpan.FromSeconds(60));
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
