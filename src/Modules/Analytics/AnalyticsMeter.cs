using System.Diagnostics.Metrics;

namespace Portico.Analytics;

/// <summary>How many facts were counted, and how old the newest of them was.</summary>
internal sealed class AnalyticsMeter
{
    private readonly Counter<long> applied;
    private double lag;

    public AnalyticsMeter(IMeterFactory meters)
    {
        var meter = meters.Create("portico.analytics");
        applied = meter.CreateCounter<long>("portico.analytics.facts", "{fact}", "Facts applied to the counters");
        meter.CreateObservableGauge("portico.analytics.lag", () => Volatile.Read(ref lag), "s", "From the newest applied fact to its count");
        // What nobody has counted yet is not there at all, and a panel over it shows nothing where it should show none.
        applied.Add(0);
    }

    public void Applied(int facts, TimeSpan late)
    {
        applied.Add(facts);
        Volatile.Write(ref lag, Math.Max(0, late.TotalSeconds));
    }
}
