using System.Text.RegularExpressions;

namespace Portico.Tests.Architecture;

public sealed partial class SourceTests
{
    private static readonly string[] Texts =
        [".cs", ".csproj", ".json", ".md", ".props", ".sh", ".slnx", ".sql", ".ts", ".tsx", ".yml", "Makefile", "run", "lint"];

    [Fact]
    public void Nothing_is_left_for_later() => AssertNowhere(
        "Finish it, or describe the gap in an issue: what is merged works.", Postponed);

    [Fact]
    public void Nothing_names_this_workplace() => AssertNowhere(
        "A path of one machine or the address of a package registry has no business in the repository: whoever clones it has others.",
        new($"{ThisClone}{Workplace}"));

    [Fact]
    public void Files_hide_nothing() => AssertNowhere(
        "A region hides that a file is too long, and global usings where a name comes from: split the file, write the using.", Hidden);

    [Fact]
    public void The_domain_knows_neither_database_nor_HTTP() => Faults.AssertNone(
        "Domain/ holds rules that can be read and tested alone. What asks the database goes to Data/, what speaks HTTP to the feature.",
        from file in Repository.Files("src/Modules/*/Domain/**.cs")
        from Match found in Outside.Matches(Repository.Read(file))
        select $"{file}: {found.Value}");

    private static void AssertNowhere(string whatToDo, Regex words) => Faults.AssertNone(
        whatToDo,
        from file in Repository.All
        where Texts.Any(file.EndsWith) && Path.GetFileName(file) is not nameof(SourceTests) + ".cs"
        from line in Repository.Read(file).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
        where words.IsMatch(line.Text)
        select $"{file}:{line.Number}: {line.Text.Trim()}");

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b|[Nn]ot implemented")]
    private static partial Regex Postponed { get; }

    // Known only when the test runs. A folder at the top is called like one of ours too easily.
    private static string ThisClone => Repository.Root.LastIndexOf('/') > 0 ? $"{Regex.Escape(Repository.Root)}/|" : "";

    // People's own folders, and hosts that are called after what they hand out.
    [GeneratedRegex(@"/(root|home/[a-z]+)/|https?://[\w.-]*(nuget|npm|registry)[\w-]*\.")]
    private static partial Regex Workplace { get; }

    [GeneratedRegex(@"^\s*(#region|global using)\b")]
    private static partial Regex Hidden { get; }

    [GeneratedRegex(@"using (Dapper|Npgsql|Microsoft\.AspNetCore|Portico\.Platform\.(Data|Web|Messaging))[\w.]*;"
        + @"|\b(HttpContext|HttpRequest|IResult|TypedResults|ProblemHttpResult|Database<\w+>)")]
    private static partial Regex Outside { get; }
}
