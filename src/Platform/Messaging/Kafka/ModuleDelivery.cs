using System.Diagnostics;
using Confluent.Kafka;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>
/// Gives one module the facts of a batch. What it refuses again and again, and what is no fact, becomes a dead letter. When
/// somebody is away the rest of the batch has to come again; what of it has been applied the inbox knows.
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

    /// <summary>Answers how many of the records, from the first on, are done with, and what kept the others from being.</summary>
    public async Task<(int Done, Exception? Hindrance)> DeliverAsync(
        IReadOnlyList<ConsumeResult<string, byte[]>> records, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var done = 0;
        try
        {
            var oneByOne = await streams.DeliverAsync(
                provider, [.. records.Select(record => KafkaMessage.TryRead(record, clients.StreamOf(record.Topic))).OfType<EventEnvelope>()], cancellationToken);
            // Who does not ask for more in time is thought dead by its group.
            for (; done < records.Count && Stopwatch.GetElapsedTime(started) < LongestBatch; done++)
            {
                await DeliverAsync(records[done], oneByOne, cancellationToken);
            }

            return (done, null);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return (done, e);
        }
    }

    private async Task DeliverAsync(
        ConsumeResult<string, byte[]> record, IReadOnlyList<StreamSubscription> oneByOne, CancellationToken cancellationToken)
    {
        Exception? refusal = null;
        try
        {
            var fact = KafkaMessage.Read(record, clients.StreamOf(record.Topic));
            using var activity = Activities.StartActivity($"consume {fact.Type}", ActivityKind.Consumer, fact.TraceParent);
            foreach (var stream in oneByOne.Where(stream => stream.Topics.Contains(fact.Topic)))
            {
                refusal = await TryAsync(record, () => stream.Deliver(provider, [fact], cancellationToken), cancellationToken) ?? refusal;
            }

            foreach (var subscription in byType[fact.Type])
            {
                refusal = await TryAsync(record, () => subscription.Deliver(provider, fact, cancellationToken), cancellationToken) ?? refusal;
            }
        }
        catch (MalformedFactException e)
        {
            refusal = e;
        }

        if (refusal is not null)
        {
            await deadLetters.PutAsync(record, module, refusal, cancellationToken);
            meter.DeadLettered(module, record.Topic);
            logger.FactIsDead(module, record.TopicPartitionOffset, refusal);
        }
    }

    // Answers why it is refused for good, or null. That somebody is away is thrown.
    private async Task<Exception?> TryAsync(ConsumeResult<string, byte[]> record, Func<Task> deliver, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await deliver();
                return null;
            }
            catch (Exception e) when (!DeliveryFailures.IsPassing(e))
            {
                if (attempt == Attempts || e is MalformedFactException)
                {
                    return e;
                }

                logger.FactRefused(module, record.TopicPartitionOffset, attempt, e);
                await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), TimeProvider.System, cancellationToken);
            }
        }
    }
}

internal static partial class ModuleDeliveryLog
{
    [LoggerMessage(LogLevel.Warning, "{Module} refused {Message} (attempt {Attempt})")]
    public static partial void FactRefused(this ILogger logger, string module, TopicPartitionOffset message, int attempt, Exception failure);

    [LoggerMessage(LogLevel.Error, "{Module} cannot take {Message}, which is a dead letter now: see `portico events dead`")]
    public static partial void FactIsDead(this ILogger logger, string module, TopicPartitionOffset message, Exception failure);
}
