using System.Runtime.InteropServices;
using Portico.Platform.Messaging;

namespace Portico.Tests.Behaviour.Kafka;

/// <summary>librdkafka's own cluster of three brokers, in this process and on ports of loopback. What it holds is gone with it.</summary>
internal sealed partial class KafkaCluster : IDisposable
{
    private const string Library = "librdkafka.so.1";
    private const int Producer = 0;
    private const int Partitions = 4;
    private static readonly int[] Brokers = [1, 2, 3];
    private readonly nint client;
    private readonly nint cluster;

    private KafkaCluster(nint client) => (this.client, cluster) = (client, ClusterOf(client));

    /// <summary>To be given to <see cref="RunningPlatform.StartAsync"/>.</summary>
    public Dictionary<string, string?> Settings => new() { ["Messaging:Kafka:Brokers"] = Marshal.PtrToStringUTF8(Bootstraps(cluster)) };

    public static KafkaCluster Start()
    {
        if (!NativeLibrary.TryLoad(Library, out _) && Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Skip("librdkafka is missing");
        }

        var (configuration, reason) = (NewConfiguration(), new byte[512]);
        foreach (var (name, value) in ((string, string)[])[("test.mock.num.brokers", "3"), ("log_level", "0")])
        {
            Assert.Equal(0, Set(configuration, name, value, reason, reason.Length));
        }

        var kafka = new KafkaCluster(NewClient(Producer, configuration, reason, reason.Length));
        // It cannot be told to make any.
        foreach (var topic in EventTypes.Topics.SelectMany(topic => (string[])[topic, $"{topic}.dlq"]))
        {
            Assert.Equal(0, MakeTopic(kafka.cluster, topic, Partitions, Brokers.Length));
        }

        return kafka;
    }

    /// <summary>No broker answers any more.</summary>
    public void GoAway() => Array.ForEach(Brokers, broker => Assert.Equal(0, SetDown(cluster, broker)));

    /// <summary>They answer again, with all that they held.</summary>
    public void ComeBack() => Array.ForEach(Brokers, broker => Assert.Equal(0, SetUp(cluster, broker)));

    public void Dispose() => Destroy(client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
    private static partial nint NewConfiguration();

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(nint configuration, string name, string value, byte[] reason, nint size);

    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    private static partial nint NewClient(int kind, nint configuration, byte[] reason, nint size);

    [LibraryImport(Library, EntryPoint = "rd_kafka_handle_mock_cluster")]
    private static partial nint ClusterOf(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    private static partial nint Bootstraps(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeTopic(nint cluster, string topic, int partitions, int replicas);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_down")]
    private static partial int SetDown(nint cluster, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_up")]
    private static partial int SetUp(nint cluster, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
    private static partial void Destroy(nint client);
}
