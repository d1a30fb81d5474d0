using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Portico.Platform.Telemetry;

/// <summary>Measures from the host's start to its disposal, which sends what is left.</summary>
internal sealed class TelemetryProviders(IOptions<TelemetryOptions> options, IMeterFactory meters, PrometheusScrape scrape)
    : IHostedService, IDisposable
{
    private static readonly string Version =
        typeof(TelemetryProviders).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private MeterProvider? measuring;
    private TracerProvider? tracing;

    // Here and not in the constructor, which runs before the options of all modules are validated.
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var endpoint = options.Value.OtlpEndpoint;
        measuring = Measure(endpoint);
        tracing = endpoint is null ? null : Trace(endpoint);
        PlatformMeter.Start(meters, Version);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        tracing?.Dispose();
        measuring?.Dispose();
    }

    private MeterProvider Measure(Uri? endpoint)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(Describe)
            .AddMeter(MeasuredInstruments.Meters)
            // Meters belong to the process: without this two hosts in one, as in tests, would count each other's requests.
            .AddView(instrument => instrument.Meter.Scope is IMeterFactory other && other != meters
                ? MetricStreamConfiguration.Drop
                : MeasuredInstruments.Shape(instrument))
            .AddReader(new BaseExportingMetricReader(scrape));
        if (endpoint is not null)
        {
            builder.AddOtlpExporter(otlp => Send(otlp, endpoint, "v1/metrics"));
        }

        return builder.Build();
    }

    private static TracerProvider Trace(Uri endpoint) => Sdk.CreateTracerProviderBuilder()
        .ConfigureResource(Describe)
        .AddSource("Microsoft.AspNetCore", "Npgsql", "System.Net.Http", "portico.*")
        .AddProcessor(new RawPathRemoval())
        .AddOtlpExporter(otlp => Send(otlp, endpoint, "v1/traces"))
        .Build();

    private static void Describe(ResourceBuilder resource) => resource.AddService("portico", serviceVersion: Version);

    private static void Send(OtlpExporterOptions otlp, Uri endpoint, string signal)
    {
        otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = new($"{endpoint.AbsoluteUri.TrimEnd('/')}/{signal}");
    }
}
