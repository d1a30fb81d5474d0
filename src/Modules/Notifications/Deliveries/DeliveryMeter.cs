using System.Diagnostics.Metrics;
using Dapper;
using Portico.Platform.Data;

namespace Portico.Notifications.Deliveries;

/// <summary>
/// How much waits to be delivered and how old it is, what became of attempts, and what was given up. The worker takes the sample, not the
/// scrape: a scrape may not wait for a database that is away.
/// </summary>
internal sealed class DeliveryMeter
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly ModuleDataSource<NotificationsModule> database;
    private readonly TimeProvider time;
    private readonly Counter<long> attempts;
    private IReadOnlyList<Sample> samples = [];

    public DeliveryMeter(IMeterFactory meters, ModuleDataSource<NotificationsModule> database, TimeProvider time)
    {
        (this.database, this.time) = (database, time);
        var meter = meters.Create("portico.notifications");
        attempts = meter.CreateCounter<long>("portico.notifications.attempts", "{attempt}", "Attempts to deliver, by channel and outcome");
        meter.CreateObservableGauge("portico.notifications.waiting", () => Observe(sample => sample.Waiting), "{delivery}", "Deliveries that are due and not done");
        meter.CreateObservableGauge("portico.notifications.dead", () => Observe(sample => sample.Dead), "{delivery}", "Deliveries given up on until sent again by hand");
        meter.CreateObservableGauge("portico.notifications.age", () => Observe(sample => sample.Age), "s", "For how long the oldest waiting delivery has been due");
    }

    public void Tried(string channel, string outcome) =>
        attempts.Add(1, new KeyValuePair<string, object?>("channel", channel), new KeyValuePair<string, object?>("outcome", outcome));

    public async Task SampleAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        samples = (await connection.QueryAsync<Sample>(new(
            """
            select channel, count(*) filter (where status = 'waiting')::float8 as waiting, count(*) filter (where status = 'dead')::float8 as dead,
                   coalesce(extract(epoch from @now - min(due_at) filter (where status = 'waiting')), 0)::float8 as age
            from deliveries where status = 'dead' or status = 'waiting' and due_at <= @now group by channel
            """, new { now = time.GetUtcNow() }, cancellationToken: cancellationToken))).AsList();
    }

    private IEnumerable<Measurement<double>> Observe(Func<Sample, double> value) =>
        samples.Select(sample => new Measurement<double>(value(sample), new KeyValuePair<string, object?>("channel", sample.Channel)));

    private sealed record Sample(string Channel, double Waiting, double Dead, double Age);
}
