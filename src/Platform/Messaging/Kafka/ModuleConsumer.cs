using Confluent.Kafka;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>
/// One module's member of its consumer group. An offset is stored when the module's database has committed; whatever fails in
/// between comes again from the same offset.
/// </summary>
internal sealed class ModuleConsumer(
    string module, IReadOnlyList<string> topics, ModuleDelivery delivery, KafkaClients clients, KafkaMeter meter, ILogger logger)
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestLeave = TimeSpan.FromSeconds(3);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ConsumeAsync(cancellationToken);
            }
            catch (KafkaException e)
            {
                logger.ConsumerStartsAnew(module, e.Message);
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }

    private async Task ConsumeAsync(CancellationToken cancellationToken)
    {
        // Each consumer has its own: one that is still leaving is told meanwhile what it does not have any more.
        List<ConsumeResult<string, byte[]>> batch = [];
        var consumer = clients.Member(clients.GroupOf(module), LetGo, statistics => meter.Lag(module, statistics));
        consumer.Subscribe(topics);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // It blocks: on a thread of its own.
                await Task.Factory.StartNew(() => Gather(consumer, batch), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                if (batch.Count > 0)
                {
                    await DeliverAsync(consumer, batch, cancellationToken);
                }
            }
        }
        finally
        {
            await LeaveAsync(consumer);
        }

        // Told while this one polls: what is gathered of these belongs to others now.
        void LetGo(IReadOnlyList<TopicPartition> partitions) => batch.RemoveAll(record => partitions.Contains(record.TopicPartition));
    }

    // Without a broker librdkafka tries for ever to say what was taken. Whoever is told it again knows it by its inbox.
    private async Task LeaveAsync(IConsumer<string, byte[]> consumer)
    {
        try
        {
            await Task.Factory.StartNew(Leave, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(LongestLeave, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            logger.LeavesSilently(module);
        }

        void Leave()
        {
            using (consumer)
            {
                consumer.Close();
            }
        }
    }

    private void Gather(IConsumer<string, byte[]> consumer, List<ConsumeResult<string, byte[]>> batch)
    {
        batch.Clear();
        try
        {
            // The first is waited for; those that are there already come with it.
            while (batch.Count < BatchSize && consumer.Consume(batch.Count == 0 ? Idle : TimeSpan.Zero) is { } record)
            {
                batch.Add(record);
            }
        }
        catch (ConsumeException e) when (!e.Error.IsFatal)
        {
            logger.CannotConsume(module, e.Error.Reason);
        }
    }

    private async Task DeliverAsync(IConsumer<string, byte[]> consumer, List<ConsumeResult<string, byte[]>> batch, CancellationToken cancellationToken)
    {
        var (done, hindrance) = await delivery.DeliverAsync(batch, cancellationToken);
        foreach (var partition in batch.Take(done).GroupBy(record => record.TopicPartition))
        {
            consumer.StoreOffset(partition.Last());
        }

        meter.Consumed(module, done);
        foreach (var rest in batch.Skip(done).GroupBy(record => record.TopicPartition))
        {
            consumer.Seek(rest.First().TopicPartitionOffset);
        }

        if (hindrance is not null)
        {
            logger.ModuleIsAway(module, hindrance);
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }
}

internal static partial class ModuleConsumerLog
{
    [LoggerMessage(LogLevel.Warning, "{Module}'s consumer leaves without Kafka having heard what it took last: it will be told again")]
    public static partial void LeavesSilently(this ILogger logger, string module);

    [LoggerMessage(LogLevel.Warning, "{Module}'s consumer starts anew: {Reason}")]
    public static partial void ConsumerStartsAnew(this ILogger logger, string module, string reason);

    [LoggerMessage(LogLevel.Warning, "{Module} cannot consume: {Reason}")]
    public static partial void CannotConsume(this ILogger logger, string module, string reason);

    [LoggerMessage(LogLevel.Warning, "{Module} cannot take facts now; they wait")]
    public static partial void ModuleIsAway(this ILogger logger, string module, Exception failure);
}
