using System.Diagnostics.Metrics;

namespace Portico.Bookings.Features.Live;

/// <summary>How many listen to the floor, how late they hear of it, and who could not keep up.</summary>
internal sealed class LiveMeter
{
    public const string Slow = "slow";
    public const string Behind = "behind";

    private readonly Counter<long> changes;
    private readonly Counter<long> dropped;
    private readonly Histogram<double> lag;
    private readonly TimeProvider time;

    public LiveMeter(IMeterFactory meters, FloorFeed feed, TimeProvider time)
    {
        var meter = meters.Create("portico.bookings");
        meter.CreateObservableGauge("portico.bookings.live.listeners", () => feed.Listening, "{listener}", "Streams of the live floor that are open");
        changes = meter.CreateCounter<long>("portico.bookings.live.changes", "{change}", "Changes of the floor read to be told to listeners");
        dropped = meter.CreateCounter<long>("portico.bookings.live.dropped", "{listener}", "Streams ended because their reader did not keep up, by how");
        lag = meter.CreateHistogram<double>("portico.bookings.live.lag", "s", "From a change of the floor to its being sent to a listener");
        this.time = time;
        // What nobody has counted yet is not there at all, and a panel over it shows nothing where it should show none.
        Read(0);
        Drop(Slow, 0);
        Drop(Behind, 0);
    }

    public void Read(int count) => changes.Add(count);

    public void Drop(string reason, int count = 1) => dropped.Add(count, new KeyValuePair<string, object?>("reason", reason));

    public void Sent(DateTimeOffset changedAt) => lag.Record(Math.Max(0, (time.GetUtcNow() - changedAt).TotalSeconds));
}
