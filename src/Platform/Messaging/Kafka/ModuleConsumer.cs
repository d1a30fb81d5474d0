using Confluent.Kafka;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>
/// One module's member of its consumer group. Offsets are committed when the module's database has committed; whatever fails
/// in between comes again from the same offset.
/// </summary>
internal sealed class ModuleConsumer(
    string module, IReadOnlyList<string> topics, ModuleDelivery delivery, KafkaClients clients, KafkaMeter meter, ILogger logger)
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly List<ConsumeResult<string, byte[]>> batch = [];
    private readonly Dictionary<TopicPartition, long> reached = [];

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
        using var consumer = clients.Member(clients.GroupOf(module), LetGo);
        consumer.Subscribe(topics);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // It blocks: on a thread of its own.
                await Task.Factory.StartNew(() => Gather(consumer), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                if (batch.Count > 0)
                {
                    await DeliverAsync(consumer, cancellationToken);
                }
            }
        }
        finally
        {
            batch.Clear();
            consumer.Close();
        }
    }

    private void Gather(IConsumer<string, byte[]> consumer)
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

        Measure(consumer);
    }

    private async Task DeliverAsync(IConsumer<string, byte[]> consumer, CancellationToken cancellationToken)
    {
        var done = 0;
        try
        {
            done = await delivery.DeliverAsync(batch, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            logger.ModuleIsAway(module, e);
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        foreach (var rest in batch.Skip(done).GroupBy(record => record.TopicPartition))
        {
            consumer.Seek(new(rest.Key, rest.First().Offset));
        }

        if (done > 0)
        {
            Commit(consumer, batch.Take(done));
            meter.Consumed(module, done);
        }
    }

    private void Commit(IConsumer<string, byte[]> consumer, IEnumerable<ConsumeResult<string, byte[]>> taken)
    {
        var next = taken.GroupBy(record => record.TopicPartition)
            .Select(partition => new TopicPartitionOffset(partition.Key, partition.Last().Offset + 1)).ToList();
        try
        {
            consumer.Commit(next);
            delivery.Forget();
        }
        catch (KafkaException e)
        {
            // They come again, here or elsewhere, and change nothing.
            logger.CannotCommit(module, e.Error.Reason);
        }

        next.ForEach(partition => reached[partition.TopicPartition] = partition.Offset);
    }

    // Told while this one polls: what is gathered of these belongs to others now.
    private void LetGo(IReadOnlyList<TopicPartition> partitions)
    {
        batch.RemoveAll(record => partitions.Contains(record.TopicPartition));
        foreach (var partition in partitions)
        {
            reached.Remove(partition);
            meter.Forget(module, clients.StreamOf(partition.Topic), partition.Partition);
        }
    }

    private void Measure(IConsumer<string, byte[]> consumer)
    {
        var mine = consumer.Assignment;
        if (mine.Where(partition => !reached.ContainsKey(partition)).ToList() is { Count: > 0 } fresh)
        {
            consumer.Committed(fresh, Patience).ForEach(partition => reached[partition.TopicPartition] = Math.Max(0, partition.Offset.Value));
        }

        foreach (var partition in mine)
        {
            if (consumer.GetWatermarkOffsets(partition).High is { IsSpecial: false } end)
            {
                meter.Lag(module, clients.StreamOf(partition.Topic), partition.Partition, Math.Max(0, end - reached[partition]));
            }
        }
    }
}

internal static partial class ModuleConsumerLog
{
    [LoggerMessage(LogLevel.Warning, "{Module}'s consumer starts anew: {Reason}")]
    public static partial void ConsumerStartsAnew(this ILogger logger, string module, string reason);

    [LoggerMessage(LogLevel.Warning, "{Module} cannot consume: {Reason}")]
    public static partial void CannotConsume(this ILogger logger, string module, string reason);

    [LoggerMessage(LogLevel.Warning, "{Module} cannot note what it has taken; it comes again: {Reason}")]
    public static partial void CannotCommit(this ILogger logger, string module, string reason);

    [LoggerMessage(LogLevel.Warning, "{Module} cannot take facts now; they wait")]
    public static partial void ModuleIsAway(this ILogger logger, string module, Exception failure);
}
