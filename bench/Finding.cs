using System.Globalization;

namespace Portico.Bench;

/// <summary>One line of the report. A ratio is the value over the yardstick, both measured in this run on this machine.</summary>
internal sealed record Finding(string Name, double? Value, string Unit, double? Yardstick, double? Ratio, string? Target, bool? Pass)
{
    public static Finding Only(string name, double value, string unit, double? yardstick = null) =>
        new(name, value, unit, yardstick, value / yardstick, null, null);

    public static Finding RatioAtLeast(double least, string name, double value, string unit, double yardstick) =>
        new(name, value, unit, yardstick, value / yardstick, string.Create(CultureInfo.InvariantCulture, $"ratio ≥ {least}"), value / yardstick >= least);

    public static Finding RatioAtMost(double most, string name, double value, string unit, double yardstick) =>
        new(name, value, unit, yardstick, value / yardstick, string.Create(CultureInfo.InvariantCulture, $"ratio ≤ {most}"), value / yardstick <= most);

    public static Finding ValueAtMost(double most, string name, double value, string unit, double? yardstick = null) =>
        new(name, value, unit, yardstick, value / yardstick, string.Create(CultureInfo.InvariantCulture, $"≤ {most} {unit}"), value <= most);

    public static Finding ValueAtLeast(double least, string name, double value, string unit) =>
        new(name, value, unit, null, null, string.Create(CultureInfo.InvariantCulture, $"≥ {least} {unit}"), value >= least);

    public static Finding Failed(string name) => new(name, null, "", null, null, "measured", false);
}
