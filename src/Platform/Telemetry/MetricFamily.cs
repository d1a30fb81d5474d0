using System.Text;
using OpenTelemetry.Metrics;

namespace Portico.Platform.Telemetry;

/// <summary>The name and type that OpenTelemetry's rules for Prometheus give an instrument.</summary>
internal readonly record struct MetricFamily(string Name, string Type)
{
    /// <summary>None for exponential histograms, which the text format cannot say.</summary>
    public static MetricFamily? Of(Metric metric) => metric.MetricType switch
    {
        MetricType.LongSum or MetricType.DoubleSum => Named(metric.Name, metric.Unit, "counter"),
        MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => Named(metric.Name, metric.Unit, "gauge"),
        MetricType.LongGauge or MetricType.DoubleGauge => Named(metric.Name, metric.Unit, "gauge"),
        MetricType.Histogram => Named(metric.Name, metric.Unit, "histogram"),
        _ => null,
    };

    public static MetricFamily Named(string instrument, string unit, string type)
    {
        var name = Sanitized(instrument);
        if (type == "counter" && name.EndsWith("_total", StringComparison.Ordinal))
        {
            name = name[..^"_total".Length];
        }

        var suffix = unit == "1" ? (type == "gauge" ? "ratio" : "") : UnitSuffix(unit);
        if (suffix.Length > 0 && !name.EndsWith($"_{suffix}", StringComparison.Ordinal))
        {
            name = $"{name}_{suffix}";
        }

        return new(type == "counter" ? $"{name}_total" : name, type);
    }

    /// <summary>Letters, digits and single underscores, not starting with a digit: a metric's or a label's name.</summary>
    public static string Sanitized(string name)
    {
        var text = new StringBuilder(name.Length + 1);
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            text.Append('_');
        }

        foreach (var letter in name)
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                text.Append(letter);
            }
            else if (text.Length == 0 || text[^1] != '_')
            {
                text.Append('_');
            }
        }

        return text.ToString();
    }

    private static string UnitSuffix(string unit)
    {
        var parts = unit.Split('/', 2);
        var suffix = Word(parts[0]);
        if (parts is [_, var per] && Word(per) is { Length: > 0 } divisor)
        {
            suffix = $"{suffix}_per_{divisor.TrimEnd('s')}";
        }

        return suffix.Trim('_');
    }

    // UCUM's letters; what stands in braces is a remark for people, as in {request}.
    private static string Word(string unit) => unit switch
    {
        "d" => "days",
        "h" => "hours",
        "min" => "minutes",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "GiBy" => "gibibytes",
        "KBy" => "kilobytes",
        "MBy" => "megabytes",
        "GBy" => "gigabytes",
        "%" => "percent",
        "" or ['{', ..] => "",
        _ => Sanitized(unit),
    };
}
