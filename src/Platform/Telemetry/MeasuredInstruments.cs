using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Portico.Platform.Telemetry;

/// <summary>Which instruments are kept, with which tags: what a stranger can choose must not become a series.</summary>
/// <remarks>The SDK reserves memory for every series an instrument may have, so each limit is the number it needs.</remarks>
internal static class MeasuredInstruments
{
    public static readonly string[] Meters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime", "portico.*"];

    /// <summary>In seconds: an answer takes a millisecond here, and ten at worst.</summary>
    private static readonly double[] Durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    public static MetricStreamConfiguration Shape(Instrument instrument) => (instrument.Meter.Name, instrument.Name) switch
    {
        (_, "http.server.request.duration") => Duration(1000, "http.request.method", "http.response.status_code", "http.route"),
        (_, "http.server.active_requests") => Kept(1),

        (_, "kestrel.active_connections" or "kestrel.queued_connections" or "kestrel.rejected_connections") => Kept(1),

        // A gauge's name must not end in _count, which Prometheus reads as part of a histogram.
        ("Npgsql", "db.client.connection.count") =>
            Kept(50, "db.client.connection.pool.name", "db.client.connection.state").Renamed("db.client.connections"),
        ("Npgsql", "db.client.connection.max") => Kept(25, "db.client.connection.pool.name"),
        ("Npgsql", "db.client.connection.npgsql.pending_requests") => Kept(25, "db.client.connection.pool.name"),
        ("Npgsql", "db.client.connection.npgsql.timeouts") => Kept(25, "db.client.connection.pool.name"),
        ("Npgsql", "db.client.operation.failed") => Kept(25, "db.client.connection.pool.name"),
        ("Npgsql", "db.client.operation.duration") => Duration(25, "db.client.connection.pool.name"),

        ("System.Runtime", "dotnet.process.cpu.time") => Kept(2, "cpu.mode"),
        ("System.Runtime", "dotnet.process.memory.working_set") => Kept(1),
        ("System.Runtime", "dotnet.gc.collections") => Kept(5, "gc.heap.generation"),
        ("System.Runtime", "dotnet.gc.pause.time") => Kept(1),
        ("System.Runtime", "dotnet.gc.heap.total_allocated") => Kept(1),
        ("System.Runtime", "dotnet.gc.last_collection.heap.size") => Kept(5, "gc.heap.generation"),
        ("System.Runtime", "dotnet.monitor.lock_contentions") => Kept(1),
        ("System.Runtime", "dotnet.exceptions") => Kept(1),

        var (meter, _) when !meter.StartsWith("portico.", StringComparison.Ordinal) => MetricStreamConfiguration.Drop,

        ("portico.kafka", "portico.kafka.lag") => Kept(1000, "module", "topic", "partition"),

        _ when instrument is Histogram<double> { Unit: "s", Advice: null } =>
            new ExplicitBucketHistogramConfiguration { Boundaries = Durations, CardinalityLimit = 200 },
        _ => new() { CardinalityLimit = 200 },
    };

    private static ExplicitBucketHistogramConfiguration Duration(int series, params string[] tags) =>
        new() { Boundaries = Durations, CardinalityLimit = series, TagKeys = tags };

    private static MetricStreamConfiguration Kept(int series, params string[] tags) => new() { CardinalityLimit = series, TagKeys = tags };

    private static MetricStreamConfiguration Renamed(this MetricStreamConfiguration stream, string name)
    {
        stream.Name = name;
        return stream;
    }
}
