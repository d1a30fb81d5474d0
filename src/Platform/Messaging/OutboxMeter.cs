using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Dapper;
using Npgsql;

namespace Portico.Platform.Messaging;

/// <summary>How full and how old the outboxes of this process's modules are. Asked of the database when scraped.</summary>
internal sealed class OutboxMeter
{
    private readonly ConcurrentDictionary<string, NpgsqlDataSource> watched = new();
    private readonly Counter<long> delivered;

    public OutboxMeter(IMeterFactory meters)
    {
        var meter = meters.Create("portico.outbox");
        delivered = meter.CreateCounter<long>("portico.outbox.delivered", "{fact}", "Facts every consumer has taken");
        meter.CreateObservableGauge("portico.outbox.depth", () => Observe(row => row.Depth), "{fact}", "Facts waiting for delivery");
        meter.CreateObservableGauge("portico.outbox.parked", () => Observe(row => row.Parked), "{fact}", "Facts given up on until sent again by hand");
        meter.CreateObservableGauge("portico.outbox.age", () => Observe(row => row.Age), "s", "Age of the oldest waiting fact");
    }

    public void Watch(string module, NpgsqlDataSource source) => watched[module] = source;

    public void Delivered(string module, int count) => delivered.Add(count, new KeyValuePair<string, object?>("module", module));

    private List<Measurement<double>> Observe(Func<Row, double> value)
    {
        List<Measurement<double>> measurements = [];
        foreach (var (module, source) in watched)
        {
            try
            {
                using var connection = source.OpenConnection();
                var row = connection.QuerySingle<Row>(
                    """
                    select count(*) filter (where parked_at is null)::float8 as depth,
                           count(*) filter (where parked_at is not null)::float8 as parked,
                           coalesce(extract(epoch from now() - min(occurred_at) filter (where parked_at is null)), 0)::float8 as age
                    from outbox
                    """);
                measurements.Add(new(value(row), new KeyValuePair<string, object?>("module", module)));
            }
            catch (NpgsqlException)
            {
                // A gauge nobody can read is left out of the scrape; readiness says that the database is away.
            }
        }

        return measurements;
    }

    private sealed record Row(double Depth, double Parked, double Age);
}
