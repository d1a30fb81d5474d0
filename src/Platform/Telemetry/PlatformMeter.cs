using System.Diagnostics.Metrics;

namespace Portico.Platform.Telemetry;

/// <summary>The meter <c>portico.platform</c>: what is true of the process and no library says well.</summary>
internal static class PlatformMeter
{
    public static void Start(IMeterFactory meters, string version)
    {
        var meter = meters.Create("portico.platform");
        meter.CreateObservableGauge(
            "portico.build.info", () => new Measurement<int>(1, new KeyValuePair<string, object?>("version", version)),
            description: "Which version runs: always 1.");

        // System.Runtime has both, but calls them counters, which go up and never down.
        meter.CreateObservableGauge("portico.thread_pool.threads", () => ThreadPool.ThreadCount, "{thread}", "Threads of the pool, busy or not.");
        meter.CreateObservableGauge(
            "portico.thread_pool.queue.length", () => ThreadPool.PendingWorkItemCount, "{work_item}", "Work that waits for a thread of the pool.");
    }
}
