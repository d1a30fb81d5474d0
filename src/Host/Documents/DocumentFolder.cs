namespace Portico.Host.Documents;

/// <summary>The committed documents: <c>openapi/&lt;module&gt;.json</c>.</summary>
internal sealed class DocumentFolder(string folder)
{
    private const int LinesShown = 20;

    public async Task WriteAsync(string module, byte[] document, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(PathOf(module), document, cancellationToken);
    }

    /// <summary>What differs between the committed document and what the program says now; empty when nothing does.</summary>
    public async Task<IReadOnlyList<string>> CompareAsync(string module, byte[] document, CancellationToken cancellationToken)
    {
        var path = PathOf(module);
        var committed = File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken) : [];
        if (committed.AsSpan().SequenceEqual(document))
        {
            return [];
        }

        var (old, now) = (Lines(committed), Lines(document));
        List<string> changes = [.. Only(old, now).Select(line => $"- {line}"), .. Only(now, old).Select(line => $"+ {line}")];
        return
        [
            $"{path} is not what the program says: {changes.Count} lines differ.",
            .. changes.Take(LinesShown),
            .. changes.Count > LinesShown ? [$"  … and {changes.Count - LinesShown} more"] : Array.Empty<string>(),
        ];
    }

    /// <summary>Documents of modules that are no more.</summary>
    public IEnumerable<string> Strangers(IEnumerable<string> modules) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").Except(modules.Select(PathOf)) : [];

    private string PathOf(string module) => Path.Combine(folder, $"{module}.json");

    private static string[] Lines(byte[] document) => System.Text.Encoding.UTF8.GetString(document).Split('\n');

    // Each line as often as the other text lacks it.
    private static IEnumerable<string> Only(string[] lines, string[] others)
    {
        var left = others.CountBy(line => line).ToDictionary();
        foreach (var line in lines)
        {
            if (left.TryGetValue(line, out var count) && count > 0)
            {
                left[line] = count - 1;
            }
            else
            {
                yield return line;
            }
        }
    }
}
