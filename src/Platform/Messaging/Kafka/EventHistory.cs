using Confluent.Kafka;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>What the topics hold, from their beginning. Without Kafka there is no history: what is told is gone.</summary>
public sealed class EventHistory
{
    private const int BatchSize = 2000;
    private const string Reader = "history";
    private readonly KafkaClients clients;

    internal EventHistory(KafkaClients clients) => this.clients = clients;

    /// <summary>
    /// Every fact of these topics that is there now, in order per key and several at a time. What is no fact is left out: it is a dead
    /// letter of those who listen.
    /// </summary>
    /// <exception cref="TimeoutException">Kafka does not give what it said it has.</exception>
    public IEnumerable<IReadOnlyList<EventEnvelope>> Read(IEnumerable<string> topics)
    {
        using var reader = clients.Reader(Reader);
        foreach (var stream in topics)
        {
            foreach (var records in clients.Partitions(clients.TopicOf(stream)).SelectMany(partition => reader.ReadFrom(partition, null)).Chunk(BatchSize))
            {
                yield return [.. records.Select(record => KafkaMessage.TryRead(record, stream)).OfType<EventEnvelope>()];
            }
        }
    }
}

/// <summary>Reads what a partition holds at the moment, and no more.</summary>
internal static class WholePartition
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>From <paramref name="offset"/> on, or from the beginning, to what is the end when it is asked.</summary>
    public static IEnumerable<ConsumeResult<string, byte[]>> ReadFrom(this IConsumer<string, byte[]> reader, TopicPartition partition, long? offset)
    {
        var ends = reader.QueryWatermarkOffsets(partition, Patience);
        var next = Math.Max(ends.Low.Value, offset ?? 0);
        if (next >= ends.High.Value)
        {
            yield break;
        }

        reader.Assign(new TopicPartitionOffset(partition, next));
        while (next < ends.High.Value)
        {
            var record = reader.Consume(Patience) ?? throw new TimeoutException($"Kafka gives nothing of {partition} from {next} on.");
            next = record.Offset.Value + 1;
            yield return record;
        }
    }
}
