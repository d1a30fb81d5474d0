using System.Text.RegularExpressions;

namespace Portico.Tests.Architecture;

/// <summary>The documents, and what of them can be held against the program.</summary>
internal static partial class Markdown
{
    public static IReadOnlyList<string> Files { get; } = ["README.md", "CONTRIBUTING.md", .. Repository.Files("docs/**.md")];

    /// <summary>What is between backticks in running text.</summary>
    public static IEnumerable<string> Spans(string text) => Span.Matches(Fence.Replace(text, "")).Select(match => match.Groups["code"].Value);

    /// <summary>Everything meant for a machine: spans and fenced blocks, without their comments.</summary>
    public static IEnumerable<string> Code(string text) =>
        Spans(text).Concat(Fence.Matches(text).SelectMany(match => match.Groups["code"].Value.Split('\n')).Select(line => line.Split(" #")[0]));

    /// <summary>Targets of links.</summary>
    public static IEnumerable<string> Links(string text) => Link.Matches(Fence.Replace(text, "")).Select(match => match.Groups["target"].Value);

    /// <summary>The rows of every table whose first column has this heading, each with the heading of its section.</summary>
    public static IEnumerable<(string Section, string[] Cells)> Rows(string path, string firstColumn)
    {
        var (section, inside) = ("", false);
        foreach (var line in Repository.Read(path).Split('\n'))
        {
            if (line.StartsWith('#'))
            {
                section = line;
            }

            string[] cells = line.StartsWith('|') ? [.. line.Trim('|', ' ').Split('|').Select(cell => cell.Trim())] : [];
            inside = cells.Length > 0 && (inside || cells[0] == firstColumn);
            if (inside && cells[0] != firstColumn && !cells[0].StartsWith("---", StringComparison.Ordinal))
            {
                yield return (section, cells);
            }
        }
    }

    [GeneratedRegex(@"^```.*?\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence { get; }

    [GeneratedRegex("`(?<code>[^`\n]+)`")]
    private static partial Regex Span { get; }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link { get; }
}
