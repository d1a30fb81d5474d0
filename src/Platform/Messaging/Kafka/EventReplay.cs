using Confluent.Kafka;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>
/// Has a module hear everything again that its topics still hold. What its inbox knows changes nothing, so that a module whose
/// database was restored from a backup takes what came after it.
/// </summary>
public sealed class EventReplay
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ModuleTopics listening;
    private readonly KafkaClients clients;

    internal EventReplay(ModuleTopics listening, KafkaClients clients) => (this.listening, this.clients) = (listening, clients);

    /// <summary>Sets the module's group back to the beginning; its processes go on from there. Answers how many messages that are.</summary>
    /// <exception cref="InvalidOperationException">Another member is in the group: stop the module's processes first.</exception>
    public long SetBack(string module)
    {
        var group = clients.GroupOf(module);
        using var consumer = clients.Member(group, _ => { }, _ => { });
        consumer.Subscribe(listening.Of(module).Select(clients.TopicOf));
        try
        {
            var ends = OwnAll(consumer, module).ConvertAll(partition => (Partition: partition, Ends: consumer.QueryWatermarkOffsets(partition, Patience)));
            consumer.Commit(ends.Select(one => new TopicPartitionOffset(one.Partition, one.Ends.Low)));
            return ends.Sum(one => one.Ends.High.Value - one.Ends.Low.Value);
        }
        finally
        {
            consumer.Close();
        }
    }

    // Who is given every partition is alone, whatever the broker can tell of groups.
    private List<TopicPartition> OwnAll(IConsumer<string, byte[]> consumer, string module)
    {
        var all = listening.Of(module).SelectMany(stream => clients.Partitions(clients.TopicOf(stream))).ToHashSet();
        var started = TimeProvider.System.GetTimestamp();
        while (!all.SetEquals(consumer.Assignment))
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new InvalidOperationException(
                    $"The group {clients.GroupOf(module)} has members, or had until a moment ago: stop the module's processes first, and wait a minute when one was killed.");
            }

            consumer.Consume(TimeSpan.FromMilliseconds(100));
        }

        consumer.Pause(all);
        return [.. all];
    }
}
