using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>
/// Hands facts to Kafka: idempotent, acknowledged by all replicas, in order per key. A batch is handed over at once and waited for
/// as a whole. What is not acknowledged in time stays with the producer, which goes on trying, and is not handed to it again.
/// </summary>
internal sealed class KafkaTransport(KafkaClients clients, KafkaTopics topics, KafkaMeter meter, ILogger<KafkaTransport> logger) : IEventTransport, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<Error>> underWay = [];
    private readonly Lock handing = new();
    private IProducer<string, byte[]>? producer;
    private volatile bool broken;

    public async Task<IReadOnlyList<Delivery>> SendAsync(IReadOnlyList<EventEnvelope> facts, CancellationToken cancellationToken)
    {
        if (facts.Count == 0)
        {
            return [];
        }

        await topics.Made.WaitAsync(Patience, cancellationToken);
        List<(EventEnvelope Fact, Task<Error> Report)> handed = [];
        HashSet<Guid> waiting = [];
        foreach (var fact in facts.Where(fact => !waiting.Contains(fact.Key)))
        {
            var report = Hand(fact);
            handed.Add((fact, report));
            if (report.IsCompletedSuccessfully && (await report).IsError)
            {
                waiting.Add(fact.Key);
            }
        }

        await AnsweredAsync([.. handed.Select(one => one.Report)], cancellationToken);
        List<Delivery> tried = [];
        waiting.Clear();
        // One that got through behind one that did not is told again, behind it.
        foreach (var (fact, report) in handed.Where(one => !waiting.Contains(one.Fact.Key)))
        {
            var failure = report.IsCompletedSuccessfully ? Failure(await report) : null;
            if (report.IsCompletedSuccessfully)
            {
                tried.Add(new(fact, failure));
            }

            if (!report.IsCompletedSuccessfully || failure is not null)
            {
                waiting.Add(fact.Key);
            }
        }

        meter.Produced(tried.Count(one => one.Failure is null));
        return tried;
    }

    /// <summary>One message as it is. Returns once the broker has it.</summary>
    public async Task PutAsync(string topic, Message<string, byte[]> message, CancellationToken cancellationToken)
    {
        var report = new TaskCompletionSource<Error>(TaskCreationOptions.RunContinuationsAsynchronously);
        Produce(topic, message, error => report.TrySetResult(error));
        if (Failure(await report.Task.WaitAsync(Patience, cancellationToken)) is { } failure)
        {
            throw failure;
        }
    }

    public void Dispose() => producer?.Dispose();

    // Only these say something about the fact; whatever else is wrong is wrong with the broker, or with its configuration.
    private static Exception? Failure(Error error) => error.Code switch
    {
        ErrorCode.NoError => null,
        ErrorCode.MsgSizeTooLarge or ErrorCode.InvalidMsg or ErrorCode.InvalidRecord => new InvalidOperationException($"Kafka refuses it: {error.Reason}"),
        _ => new TimeoutException($"Kafka: {error.Reason}"),
    };

    private Task<Error> Hand(EventEnvelope fact)
    {
        var report = new TaskCompletionSource<Error>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (underWay.GetOrAdd(fact.Id, report) is var first && first != report)
        {
            return first.Task;
        }

        Produce(clients.TopicOf(fact.Topic), KafkaMessage.Write(fact, clients.Options.Structured), error =>
        {
            underWay.TryRemove(fact.Id, out _);
            report.TrySetResult(error);
        });
        return report.Task;
    }

    // The lock keeps the producer from being given up while somebody is at it: librdkafka would not survive that.
    private void Produce(string topic, Message<string, byte[]> message, Action<Error> reported)
    {
        lock (handing)
        {
            try
            {
                Working().Produce(topic, message, report => reported(report.Error));
            }
            catch (KafkaException e)
            {
                reported(e.Error);
            }
        }
    }

    // After a fatal error an idempotent producer takes nothing any more, and what it held is told again.
    private IProducer<string, byte[]> Working()
    {
        if (broken)
        {
            producer?.Dispose();
            (producer, broken) = (null, false);
            foreach (var (fact, report) in underWay)
            {
                underWay.TryRemove(fact, out _);
                report.TrySetResult(new(ErrorCode.Local_Fatal));
            }
        }

        return producer ??= clients.Producer(() => broken = true);
    }

    private async Task AnsweredAsync(IReadOnlyList<Task<Error>> reports, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(reports).WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            logger.KafkaIsAway(reports.Count(report => !report.IsCompleted));
        }
    }
}

internal static partial class KafkaTransportLog
{
    [LoggerMessage(LogLevel.Warning, "Kafka does not answer: {Count} facts wait")]
    public static partial void KafkaIsAway(this ILogger logger, int count);
}
