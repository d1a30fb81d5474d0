using System.Diagnostics;
using Confluent.Kafka;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>
/// Hands facts to Kafka: idempotent, acknowledged by all replicas, in order per key. A batch is sent at once and waited for as a
/// whole. When the broker does not answer in time the producer is given up with all it holds: then nothing that comes later can
/// have overtaken what is sent again.
/// </summary>
internal sealed class KafkaTransport(KafkaClients clients, KafkaTopics topics, KafkaMeter meter) : IEventTransport, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly Lock replacing = new();
    private IProducer<string, byte[]>? producer;

    public async Task SendAsync(EventEnvelope fact, CancellationToken cancellationToken)
    {
        if ((await SendAsync([fact], cancellationToken))[0].Failure is { } failure)
        {
            throw failure;
        }
    }

    public async Task<IReadOnlyList<Delivery>> SendAsync(IReadOnlyList<EventEnvelope> facts, CancellationToken cancellationToken)
    {
        if (facts.Count == 0)
        {
            return [];
        }

        await topics.Made.WaitAsync(Patience, cancellationToken);
        var current = Current();
        List<(EventEnvelope Fact, Task<Exception?> Reported)> sent = [];
        HashSet<Guid> refused = [];
        foreach (var fact in facts.Where(fact => !refused.Contains(fact.Key)))
        {
            var reported = Produce(current, clients.TopicOf(fact.Topic), KafkaMessage.Write(fact, clients.Options.Structured));
            sent.Add((fact, reported));
            if (reported.IsCompleted && await reported is not null)
            {
                refused.Add(fact.Key);
            }
        }

        await WaitAsync(current, sent.ConvertAll(one => one.Reported), cancellationToken);
        List<Delivery> tried = [];
        refused.Clear();
        foreach (var (fact, reported) in sent)
        {
            var failure = reported.IsCompleted ? await reported : new TimeoutException("Kafka does not answer.");
            // One that got through behind one that did not is sent again, behind it.
            if (!refused.Contains(fact.Key))
            {
                tried.Add(new(fact, failure));
            }

            if (failure is not null)
            {
                refused.Add(fact.Key);
            }
        }

        meter.Produced(tried.Count(one => one.Failure is null));
        return tried;
    }

    /// <summary>One message as it is.</summary>
    public async Task PutAsync(string topic, Message<string, byte[]> message, CancellationToken cancellationToken)
    {
        var current = Current();
        var reported = Produce(current, topic, message);
        await WaitAsync(current, [reported], cancellationToken);
        if ((reported.IsCompleted ? await reported : new TimeoutException("Kafka does not answer.")) is { } failure)
        {
            throw failure;
        }
    }

    public void Dispose() => producer?.Dispose();

    private static Task<Exception?> Produce(IProducer<string, byte[]> current, string topic, Message<string, byte[]> message)
    {
        var reported = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            current.Produce(topic, message, report => reported.SetResult(report.Error.IsError ? Failure(report.Error) : null));
        }
        catch (KafkaException e)
        {
            reported.SetResult(Failure(e.Error));
        }
        catch (ObjectDisposedException e)
        {
            reported.SetResult(new TimeoutException("Kafka did not answer somebody else.", e));
        }

        return reported.Task;
    }

    // Only these say something about the fact; whatever else is wrong is wrong with the broker, or with its configuration.
    private static Exception Failure(Error error) => error.Code is ErrorCode.MsgSizeTooLarge or ErrorCode.InvalidMsg or ErrorCode.InvalidRecord
        ? new InvalidOperationException($"Kafka refuses it: {error.Reason}")
        : new TimeoutException($"Kafka: {error.Reason}");

    private async Task WaitAsync(IProducer<string, byte[]> current, IReadOnlyList<Task<Exception?>> reports, CancellationToken cancellationToken)
    {
        var all = Task.WhenAll(reports);
        var waiting = Stopwatch.GetTimestamp();
        try
        {
            await all.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException) when (Stopwatch.GetElapsedTime(waiting) >= Patience / 2)
        {
            Abandon(current);
        }
        catch (OperationCanceledException)
        {
            Abandon(current);
            throw;
        }

        foreach (var report in reports.Where(report => report.IsCompleted))
        {
            if (await report is TimeoutException)
            {
                // After a failure the order of what it still holds is not certain any more.
                Abandon(current);
                return;
            }
        }
    }

    private IProducer<string, byte[]> Current()
    {
        lock (replacing)
        {
            return producer ??= clients.Producer();
        }
    }

    private void Abandon(IProducer<string, byte[]> given)
    {
        lock (replacing)
        {
            if (ReferenceEquals(producer, given))
            {
                producer = null;
                given.Dispose();
            }
        }
    }
}
