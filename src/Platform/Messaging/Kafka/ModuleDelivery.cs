using System.Diagnostics;
using Confluent.Kafka;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>
/// Gives one module the facts of a batch. What it refuses again and again, and what is no fact, becomes a dead letter; an
/// exception means that somebody is away: the batch has to come again, and the inbox knows what of it has been applied.
/// </summary>
internal sealed class ModuleDelivery(
    string module, IReadOnlyList<EventSubscription> typed, IReadOnlyList<StreamSubscription> streams,
    KafkaClients clients, DeadLetters deadLetters, KafkaMeter meter, IServiceProvider provider, ILogger logger)
{
    private const int Attempts = 5;
    private static readonly ActivitySource Activities = new("portico.messaging");
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBatch = TimeSpan.FromSeconds(30);
    private readonly ILookup<string, EventSubscription> byType = typed.ToLookup(subscription => subscription.Type);
    private readonly HashSet<TopicPartitionOffset> buried = [];

    /// <summary>Answers how many of the records, from the first on, are done with.</summary>
    public async Task<int> DeliverAsync(IReadOnlyList<ConsumeResult<string, byte[]>> records, CancellationToken cancellationToken)
    {
        List<(ConsumeResult<string, byte[]> Record, EventEnvelope? Fact)> batch = [];
        foreach (var record in records)
        {
            batch.Add((record, await ReadAsync(record, cancellationToken)));
        }

        foreach (var stream in streams)
        {
            await DeliverAsync(stream, [.. batch.Where(one => one.Fact is { } fact && stream.Topics.Contains(fact.Topic))], cancellationToken);
        }

        var started = Stopwatch.GetTimestamp();
        for (var done = 0; done < batch.Count; done++)
        {
            // Who does not ask for more in time is thought dead by its group.
            if (Stopwatch.GetElapsedTime(started) > LongestBatch)
            {
                return done;
            }

            if (batch[done] is (var record, { } fact))
            {
                foreach (var subscription in byType[fact.Type])
                {
                    using var activity = Activities.StartActivity($"consume {fact.Type}", ActivityKind.Consumer, fact.TraceParent);
                    await TryAsync(record, () => subscription.Deliver(provider, fact, cancellationToken), cancellationToken);
                }
            }
        }

        return batch.Count;
    }

    /// <summary>These are committed: they do not come again.</summary>
    public void Forget() => buried.Clear();

    private async Task<EventEnvelope?> ReadAsync(ConsumeResult<string, byte[]> record, CancellationToken cancellationToken)
    {
        try
        {
            return KafkaMessage.Read(record, clients.StreamOf(record.Topic));
        }
        catch (MalformedFactException e)
        {
            await BuryAsync(record, e, cancellationToken);
            return null;
        }
    }

    private async Task DeliverAsync(
        StreamSubscription stream, IReadOnlyList<(ConsumeResult<string, byte[]> Record, EventEnvelope? Fact)> batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            await stream.Deliver(provider, [.. batch.Select(one => one.Fact!)], cancellationToken);
        }
        catch (Exception e) when (!DeliveryFailures.IsPassing(e))
        {
            // One of them is refused: alone, each shows whether it is the one.
            foreach (var (record, fact) in batch)
            {
                await TryAsync(record, () => stream.Deliver(provider, [fact!], cancellationToken), cancellationToken);
            }
        }
    }

    private async Task TryAsync(ConsumeResult<string, byte[]> record, Func<Task> deliver, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await deliver();
                return;
            }
            catch (Exception e) when (!DeliveryFailures.IsPassing(e))
            {
                if (attempt == Attempts || e is MalformedFactException || buried.Contains(record.TopicPartitionOffset))
                {
                    await BuryAsync(record, e, cancellationToken);
                    return;
                }

                logger.FactRefused(module, record.TopicPartitionOffset, attempt, e);
                await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), TimeProvider.System, cancellationToken);
            }
        }
    }

    private async Task BuryAsync(ConsumeResult<string, byte[]> record, Exception reason, CancellationToken cancellationToken)
    {
        if (buried.Contains(record.TopicPartitionOffset))
        {
            return;
        }

        await deadLetters.PutAsync(record, module, reason, cancellationToken);
        buried.Add(record.TopicPartitionOffset);
        meter.DeadLettered(module, record.Topic);
        logger.FactIsDead(module, record.TopicPartitionOffset, reason);
    }
}

internal static partial class ModuleDeliveryLog
{
    [LoggerMessage(LogLevel.Warning, "{Module} refused {Message} (attempt {Attempt})")]
    public static partial void FactRefused(this ILogger logger, string module, TopicPartitionOffset message, int attempt, Exception failure);

    [LoggerMessage(LogLevel.Error, "{Module} cannot take {Message}, which is a dead letter now: see `portico events dead`")]
    public static partial void FactIsDead(this ILogger logger, string module, TopicPartitionOffset message, Exception failure);
}
