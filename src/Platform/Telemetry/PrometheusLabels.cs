using System.Globalization;
using OpenTelemetry;

namespace Portico.Platform.Telemetry;

/// <summary>What stands between a series' braces.</summary>
internal static class PrometheusLabels
{
    public static string Of(string meter, ReadOnlyTagCollection tags)
    {
        var labels = new List<(string Name, string Value)>(tags.Count + 1) { ("otel_scope_name", meter) };
        foreach (var (key, value) in tags)
        {
            var name = MetricFamily.Sanitized(key);
            // Two keys may become one name, and a name said twice makes Prometheus refuse the whole page.
            if (name != "le" && !labels.Exists(label => label.Name == name))
            {
                labels.Add((name, Text(value)));
            }
        }

        return string.Join(',', labels.Select(label => $"{label.Name}=\"{Escaped(label.Value)}\""));
    }

    public static string Escaped(string value) => value.Replace(@"\", @"\\").Replace("\"", "\\\"").Replace("\n", @"\n");

    private static string Text(object? value) => value switch
    {
        true => "true",
        false => "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
