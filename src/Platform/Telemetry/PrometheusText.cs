using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace Portico.Platform.Telemetry;

/// <summary>The Prometheus text exposition format 0.0.4, without exemplars.</summary>
/// <remarks>
/// Families stand in the order of their names, each once, its series told apart by <c>otel_scope_name</c>, the meter they come from.
/// </remarks>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static void AppendMetrics(this StringBuilder text, IEnumerable<Metric> metrics)
    {
        var families = metrics
            .Select(metric => (Metric: metric, Family: MetricFamily.Of(metric)))
            .Where(one => one.Family is not null)
            .GroupBy(one => one.Family!.Value.Name, StringComparer.Ordinal)
            .OrderBy(family => family.Key, StringComparer.Ordinal);
        foreach (var family in families)
        {
            var ordered = family.OrderBy(one => one.Metric.MeterName, StringComparer.Ordinal).ToList();
            var (first, shape) = ordered[0];
            text.AppendHeading(family.Key, shape!.Value.Type, first.Description is { Length: > 0 } help ? help : first.Name);

            string? previous = null;
            foreach (var (metric, own) in ordered)
            {
                // A second TYPE, or one series twice, would make Prometheus refuse the whole page.
                if (own != shape || metric.MeterName == previous)
                {
                    text.Append("# left out, at odds with the above: ").Append(MetricFamily.Sanitized(metric.MeterName)).Append('\n');
                    continue;
                }

                text.AppendPoints(family.Key, metric);
                previous = metric.MeterName;
            }
        }
    }

    private static void AppendHeading(this StringBuilder text, string name, string type, string help) => text
        .Append("# HELP ").Append(name).Append(' ').Append(help.Replace(@"\", @"\\").Replace("\n", @"\n")).Append('\n')
        .Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void AppendPoints(this StringBuilder text, string name, Metric metric)
    {
        var type = metric.MetricType;
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = PrometheusLabels.Of(metric.MeterName, point.Tags);
            if (type.IsHistogram())
            {
                text.AppendHistogram(name, labels, in point);
                continue;
            }

            text.AppendSample(name, labels, type switch
            {
                MetricType.LongGauge => Number(point.GetGaugeLastValueLong()),
                MetricType.DoubleGauge => Number(point.GetGaugeLastValueDouble()),
                _ when type.IsLong() => Number(point.GetSumLong()),
                _ => Number(point.GetSumDouble()),
            });
        }
    }

    private static void AppendHistogram(this StringBuilder text, string name, string labels, in MetricPoint point)
    {
        var count = Number(point.GetHistogramCount());
        var upTo = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            upTo += bucket.BucketCount;
            if (!double.IsPositiveInfinity(bucket.ExplicitBound))
            {
                text.AppendSample($"{name}_bucket", $"{labels},le=\"{Number(bucket.ExplicitBound)}\"", Number(upTo));
            }
        }

        text.AppendSample($"{name}_bucket", $"{labels},le=\"+Inf\"", count);
        text.AppendSample($"{name}_sum", labels, Number(point.GetHistogramSum()));
        text.AppendSample($"{name}_count", labels, count);
    }

    private static void AppendSample(this StringBuilder text, string name, string labels, string value) =>
        text.Append(name).Append('{').Append(labels).Append("} ").Append(value).Append('\n');

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };
}
