using System.Buffers;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Portico.Platform.Telemetry;

namespace Portico.Tests.Modules.Telemetry;

/// <summary>The page that Prometheus would be given for some meters.</summary>
internal sealed class ScrapedMeters : IDisposable
{
    private readonly PrometheusScrape scrape = new();
    private readonly MeterProvider provider;

    public ScrapedMeters(params string[] meters) => provider = Sdk.CreateMeterProviderBuilder()
        .AddMeter(meters)
        .AddReader(new BaseExportingMetricReader(scrape))
        .Build();

    public string Page()
    {
        var page = new ArrayBufferWriter<byte>();
        Assert.True(scrape.TryWrite(page));
        return Encoding.UTF8.GetString(page.WrittenSpan);
    }

    public void Dispose() => provider.Dispose();
}
