using System.Buffers;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Portico.Platform.Telemetry;

/// <summary>Collects when asked, and only then: nothing is gathered while nobody scrapes.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusScrape : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly Lock oneAtATime = new();
    private readonly StringBuilder text = new();

    /// <summary>Set by the reader this exporter is given to.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>Writes a page, or nothing when the SDK could not collect.</summary>
    public bool TryWrite(IBufferWriter<byte> page)
    {
        lock (oneAtATime)
        {
            text.Clear();
            if (Collect?.Invoke(Timeout.Infinite) is not true)
            {
                return false;
            }

            // One encoder over all chunks: a surrogate pair may lie across two of them.
            var encoder = Encoding.UTF8.GetEncoder();
            foreach (var chunk in text.GetChunks())
            {
                encoder.Convert(chunk.Span, page, flush: false, out _, out _);
            }

            text.Clear();
            return true;
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var metrics = new List<Metric>();
        foreach (var metric in batch)
        {
            metrics.Add(metric);
        }

        text.AppendMetrics(metrics);
        return ExportResult.Success;
    }
}
