using Confluent.Kafka;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>Has a module hear again what it has heard. What its inbox still knows changes nothing.</summary>
public sealed class EventReplay
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ModuleTopics listening;
    private readonly KafkaClients clients;

    internal EventReplay(ModuleTopics listening, KafkaClients clients) => (this.listening, this.clients) = (listening, clients);

    /// <summary>The streams that <paramref name="module"/> listens to.</summary>
    public IReadOnlyList<string> TopicsOf(string module) => listening.Of(module);

    /// <summary>
    /// Sets the module's group back to the facts from <paramref name="from"/> on, or to all of them when it is null. Answers where
    /// each partition goes on.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another member is in the group: stop the module's processes first.</exception>
    public IReadOnlyList<(string Topic, int Partition, long Offset)> SetBack(string module, IReadOnlyList<string> streams, DateTimeOffset? from)
    {
        var group = clients.GroupOf(module);
        using var consumer = clients.Member(group, _ => { });
        consumer.Subscribe(streams.Select(clients.TopicOf));
        try
        {
            var partitions = Own(consumer, group, streams);
            var offsets = from is null
                ? partitions.ConvertAll(partition => new TopicPartitionOffset(partition, consumer.QueryWatermarkOffsets(partition, Patience).Low))
                : consumer.OffsetsForTimes(partitions.Select(partition => new TopicPartitionTimestamp(partition, new(from.Value.UtcDateTime, TimestampType.CreateTime))), Patience)
                    .ConvertAll(found => found.Offset.IsSpecial ? new(found.TopicPartition, consumer.QueryWatermarkOffsets(found.TopicPartition, Patience).High) : found);
            consumer.Commit(offsets);
            return [.. offsets.Select(offset => (clients.StreamOf(offset.Topic), offset.Partition.Value, offset.Offset.Value)).Order()];
        }
        finally
        {
            consumer.Close();
        }
    }

    // As a member: who is given every partition is alone, whatever the broker can tell of groups.
    private List<TopicPartition> Own(IConsumer<string, byte[]> consumer, string group, IReadOnlyList<string> streams)
    {
        using var admin = clients.Admin();
        var all = streams.SelectMany(stream => admin.GetMetadata(clients.TopicOf(stream), Patience).Topics)
            .SelectMany(topic => topic.Partitions.Select(partition => new TopicPartition(topic.Topic, partition.PartitionId))).ToHashSet();
        var started = TimeProvider.System.GetTimestamp();
        while (!all.SetEquals(consumer.Assignment))
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new InvalidOperationException($"The group {group} has members, or had until a moment ago: stop the module's processes first, and wait a minute when one was killed.");
            }

            consumer.Consume(TimeSpan.FromMilliseconds(100));
        }

        consumer.Pause(all);
        return [.. all];
    }
}
