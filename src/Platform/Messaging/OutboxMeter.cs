using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Dapper;
using Npgsql;

namespace Portico.Platform.Messaging;

/// <summary>
/// How full and how old the outboxes of this process's modules are. The relay takes the sample, not the scrape: a scrape
/// may not wait for a database that is away.
/// </summary>
internal sealed class OutboxMeter
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Sample> samples = new();
    private readonly Counter<long> delivered;

    public OutboxMeter(IMeterFactory meters)
    {
        var meter = meters.Create("portico.outbox");
        delivered = meter.CreateCounter<long>("portico.outbox.delivered", "{fact}", "Facts every consumer has taken");
        meter.CreateObservableGauge("portico.outbox.depth", () => Observe(sample => sample.Depth), "{fact}", "Facts waiting for delivery");
        meter.CreateObservableGauge("portico.outbox.parked", () => Observe(sample => sample.Parked), "{fact}", "Facts given up on until sent again by hand");
        meter.CreateObservableGauge("portico.outbox.age", () => Observe(sample => sample.Age), "s", "Age of the oldest waiting fact");
    }

    public void Delivered(string module, int count) => delivered.Add(count, new KeyValuePair<string, object?>("module", module));

    public async Task SampleAsync(string module, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (samples.TryGetValue(module, out var last) && TimeProvider.System.GetElapsedTime(last.TakenAt) < Every)
        {
            return;
        }

        var sample = await connection.QuerySingleAsync<Sample>(new(
            """
            select @TakenAt as taken_at,
                   count(*) filter (where parked_at is null)::float8 as depth,
                   count(*) filter (where parked_at is not null)::float8 as parked,
                   coalesce(extract(epoch from now() - min(occurred_at) filter (where parked_at is null)), 0)::float8 as age
            from outbox
            """, new { TakenAt = TimeProvider.System.GetTimestamp() }, cancellationToken: cancellationToken));
        samples[module] = sample;
    }

    private IEnumerable<Measurement<double>> Observe(Func<Sample, double> value) =>
        samples.Select(sample => new Measurement<double>(value(sample.Value), new KeyValuePair<string, object?>("module", sample.Key)));

    private sealed record Sample(long TakenAt, double Depth, double Parked, double Age);
}
