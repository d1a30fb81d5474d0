using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Portico.Bench;

/// <summary>Everything found, for people and for programs.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task WriteAsync(IReadOnlyList<Finding> findings, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(findings, Json) + "\n", cancellationToken);
    }

    public static string Table(IReadOnlyList<Finding> findings)
    {
        var width = findings.Max(finding => finding.Name.Length);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"measurement".PadRight(width)}  {"value",10} {"",-6} {"yardstick",10} {"ratio",6}  {"target",-12} pass");
        foreach (var (name, value, unit, yardstick, ratio, target, pass) in findings)
        {
            var verdict = pass switch { true => "yes", false => "NO", null => "" };
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{name.PadRight(width)}  {Number(value),10} {unit,-6} {Number(yardstick),10} {ratio?.ToString("0.00", CultureInfo.InvariantCulture),6}  {target,-12} {verdict}");
        }

        return text.ToString();
    }

    private static string Number(double? value) =>
        value?.ToString(Math.Abs(value.Value) >= 100 ? "0" : "0.00", CultureInfo.InvariantCulture) ?? "";
}
