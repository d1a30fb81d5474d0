using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>What goes through Kafka, and how far each module is behind.</summary>
internal sealed class KafkaMeter
{
    private readonly ConcurrentDictionary<(string Module, string Topic, int Partition), long> lags = [];
    private readonly Counter<long> produced;
    private readonly Counter<long> consumed;
    private readonly Counter<long> dead;

    public KafkaMeter(IMeterFactory meters)
    {
        var meter = meters.Create("portico.kafka");
        produced = meter.CreateCounter<long>("portico.kafka.produced", "{fact}", "Facts that Kafka has taken");
        consumed = meter.CreateCounter<long>("portico.kafka.consumed", "{message}", "Messages a module is done with");
        dead = meter.CreateCounter<long>("portico.kafka.dead_lettered", "{message}", "Messages that nobody could take: see `portico events dead`");
        meter.CreateObservableGauge("portico.kafka.lag", Lags, "{message}", "Messages a module has yet to take");
    }

    public void Produced(int count) => produced.Add(count);

    public void Consumed(string module, int count) => consumed.Add(count, new KeyValuePair<string, object?>("module", module));

    public void DeadLettered(string module, string topic) =>
        dead.Add(1, new KeyValuePair<string, object?>("module", module), new KeyValuePair<string, object?>("topic", topic));

    public void Lag(string module, string topic, int partition, long messages) => lags[(module, topic, partition)] = messages;

    /// <summary>Others have this partition now, and its lag.</summary>
    public void Forget(string module, string topic, int partition) => lags.TryRemove((module, topic, partition), out _);

    private IEnumerable<Measurement<long>> Lags() => lags.Select(lag => new Measurement<long>(
        lag.Value, new("module", lag.Key.Module), new("topic", lag.Key.Topic), new KeyValuePair<string, object?>("partition", lag.Key.Partition)));
}
