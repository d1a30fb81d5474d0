using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>What goes through Kafka, and how far each module is behind.</summary>
internal sealed class KafkaMeter
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<Measurement<long>>> lags = [];
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

    /// <summary>Takes the lags out of what librdkafka tells of a module's consumer. Of partitions that others have it tells none.</summary>
    public void Lag(string module, string statistics)
    {
        using var document = JsonDocument.Parse(statistics);
        lags[module] =
        [
            .. from topic in document.RootElement.GetProperty("topics").EnumerateObject()
               from partition in topic.Value.GetProperty("partitions").EnumerateObject()
               where partition.Value.GetProperty("fetch_state").ValueEquals("active")
               let stored = partition.Value.GetProperty("consumer_lag_stored").GetInt64()
               let lag = stored >= 0 ? stored : partition.Value.GetProperty("consumer_lag").GetInt64()
               where lag >= 0
               select new Measurement<long>(lag, new("module", module), new("topic", topic.Name), new KeyValuePair<string, object?>("partition", partition.Name)),
        ];
    }

    private IEnumerable<Measurement<long>> Lags() => lags.SelectMany(lag => lag.Value);
}
