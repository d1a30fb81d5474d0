using Confluent.Kafka;
using Microsoft.Extensions.Options;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>Makes the clients of Kafka, all with the same settings.</summary>
internal sealed class KafkaClients(IOptions<KafkaOptions> options, ILogger<KafkaClients> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public KafkaOptions Options => options.Value;

    public string TopicOf(string stream) => Options.TopicPrefix + stream;

    public string StreamOf(string topic) => topic[Options.TopicPrefix.Length..];

    public string GroupOf(string module) => Options.GroupPrefix + module;

    /// <summary><paramref name="onFatal"/> is told when it takes nothing any more.</summary>
    public IProducer<string, byte[]> Producer(Action onFatal)
    {
        var config = Configure(new ProducerConfig
        {
            Acks = Acks.All,
            EnableIdempotence = true,
            LingerMs = 2,
            // Nothing is given up by time: what came later would overtake it.
            MessageTimeoutMs = 0,
        });
        if (config.EnableIdempotence is not true)
        {
            // The order then rests on one request at a time.
            config.MaxInFlight = 1;
        }

        return new ProducerBuilder<string, byte[]>(config).SetLogHandler((_, message) => Log(message)).SetErrorHandler((_, error) =>
        {
            Log(error);
            if (error.IsFatal)
            {
                onFatal();
            }
        }).Build();
    }

    /// <summary>
    /// A member of a group, whose stored offsets are committed every second and when it leaves. <paramref name="onRevoked"/> is told,
    /// while somebody polls, what others have from now on; <paramref name="onStatistics"/> librdkafka's own figures.
    /// </summary>
    public IConsumer<string, byte[]> Member(string group, Action<IReadOnlyList<TopicPartition>> onRevoked, Action<string> onStatistics) =>
        new ConsumerBuilder<string, byte[]>(Consuming(group))
            .SetLogHandler((_, message) => Log(message))
            .SetErrorHandler((_, error) => Log(error))
            .SetStatisticsHandler((_, json) => onStatistics(json))
            .SetPartitionsRevokedHandler((_, revoked) => onRevoked([.. revoked.Select(partition => partition.TopicPartition)]))
            .SetPartitionsLostHandler((_, lost) => onRevoked([.. lost.Select(partition => partition.TopicPartition)]))
            .Build();

    /// <summary>One that reads what it is told to, beside every group; offsets may be kept under <paramref name="name"/>.</summary>
    public IConsumer<string, byte[]> Reader(string name) =>
        new ConsumerBuilder<string, byte[]>(Consuming(Options.GroupPrefix + name)).SetLogHandler((_, message) => Log(message)).SetErrorHandler((_, error) => Log(error)).Build();

    public IAdminClient Admin() =>
        new AdminClientBuilder(Configure(new AdminClientConfig())).SetLogHandler((_, message) => Log(message)).SetErrorHandler((_, error) => Log(error)).Build();

    public IReadOnlyList<TopicPartition> Partitions(string topic)
    {
        using var admin = Admin();
        return [.. admin.GetMetadata(topic, Patience).Topics.SelectMany(found => found.Partitions.Select(partition => new TopicPartition(topic, partition.PartitionId)))];
    }

    private ConsumerConfig Consuming(string group) => Configure(new ConsumerConfig
    {
        GroupId = group,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        AutoCommitIntervalMs = 1000,
        EnableAutoOffsetStore = false,
        StatisticsIntervalMs = 5000,
        PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
        FetchWaitMaxMs = 100,
    });

    private TConfig Configure<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        LibRdKafka.Use(Options.Library);
        config.BootstrapServers = Options.Brokers;
        config.ClientId = "portico";
        foreach (var (name, value) in Options.Settings)
        {
            config.Set(name, value);
        }

        return config;
    }

    private void Log(LogMessage message)
    {
        // That a setting of producers says nothing to a consumer is known.
        if (message.Facility != "CONFWARN")
        {
            logger.ClientSays(message.Level <= SyslogLevel.Warning ? LogLevel.Warning : LogLevel.Debug, message.Facility, message.Message);
        }
    }

    private void Log(Error error) => logger.ClientFails(error.IsFatal ? LogLevel.Error : LogLevel.Warning, error.Code, error.Reason);
}

internal static partial class KafkaLog
{
    [LoggerMessage(Message = "Kafka: {Facility} {Text}")]
    public static partial void ClientSays(this ILogger logger, LogLevel level, string facility, string text);

    [LoggerMessage(Message = "Kafka: {Code} {Text}")]
    public static partial void ClientFails(this ILogger logger, LogLevel level, ErrorCode code, string text);
}
