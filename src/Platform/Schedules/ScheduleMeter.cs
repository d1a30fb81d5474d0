using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Portico.Platform.Schedules;

/// <summary>
/// How jobs end, and how long ago each last succeeded on any instance. The scheduler takes the sample, not the scrape: a
/// scrape may not wait for a database that is away.
/// </summary>
internal sealed class ScheduleMeter
{
    private readonly ConcurrentDictionary<(string Module, string Job), DateTimeOffset> succeeded = new();
    private readonly Counter<long> runs;

    public ScheduleMeter(IMeterFactory meters, TimeProvider time)
    {
        var meter = meters.Create("portico.schedules");
        runs = meter.CreateCounter<long>("portico.schedules.runs", "{run}", "Runs of scheduled jobs in this process, by job and outcome");
        meter.CreateObservableGauge(
            "portico.schedules.last_success.age",
            () => succeeded.Select(last => new Measurement<double>(Math.Max(0, (time.GetUtcNow() - last.Value).TotalSeconds), Tags(last.Key.Module, last.Key.Job))),
            "s",
            "Time since a scheduled job last succeeded, whichever instance ran it");
    }

    public void Ran(string module, string job, bool well, DateTimeOffset at)
    {
        runs.Add(1, [.. Tags(module, job), new("outcome", well ? "succeeded" : "failed")]);
        if (well)
        {
            Succeeded(module, job, at);
        }
    }

    public void Succeeded(string module, string job, DateTimeOffset at) => succeeded[(module, job)] = at;

    private static KeyValuePair<string, object?>[] Tags(string module, string job) => [new("module", module), new("job", job)];
}
