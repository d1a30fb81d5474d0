using System.Text.Json;
using System.Text.RegularExpressions;
using Portico.Gateway.Guards;
using Portico.Host;

namespace Portico.Tests.Architecture;

/// <summary>docs/api.md against the routes there are.</summary>
public sealed partial class ApiDocumentTests
{
    // The committed documents: that they are what the program says is checked by `make lint`.
    private static readonly HashSet<string> Routes =
    [
        .. from module in ModuleCatalog.WithApi
           from path in JsonDocument.Parse(Repository.Read($"openapi/{module}.json")).RootElement.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           where operation.Name != "parameters"
           select $"{operation.Name.ToUpperInvariant()} {path.Name}",
    ];

    [Fact]
    public void The_tables_of_routes_are_whole() => Faults.AssertSame(
        "docs/api.md has a table for each module with every route of it, written `METHOD /path` below the module's own path.",
        ("docs/api.md", from row in Markdown.Rows("docs/api.md", "Route")
                        from route in Markdown.Spans(row.Cells[0])
                        select route.Replace(" /", $" {Markdown.Spans(row.Section).Single()}/", StringComparison.Ordinal).TrimEnd('/')),
        ("openapi/", Routes));

    [Fact]
    public void The_table_of_aliases_is_what_the_gateway_answers() => Faults.AssertSame(
        "docs/api.md has the aliases of src/Modules/Gateway/Guards/Aliases.cs.",
        ("docs/api.md", Markdown.Rows("docs/api.md", "Alias").Select(row => $"{row.Cells[0]} → {row.Cells[1]}")),
        ("the gateway", Aliases.All.Select(alias => $"`{alias.Alias}` → `{alias.Canonical}`")));

    [Fact]
    public void An_alias_comes_before_the_shorter_one_that_would_take_its_paths() => Faults.AssertNone(
        "The first alias that fits wins: put the longer one first.",
        from longer in Aliases.All.Index()
        from shorter in Aliases.All.Take(longer.Index)
        where longer.Item.Alias.StartsWith($"{shorter.Alias}/", StringComparison.Ordinal)
        select $"{longer.Item.Alias} is behind {shorter.Alias}");

    [Fact]
    public void Every_route_that_a_document_names_is_there() => Faults.AssertNone(
        "There is no such route: see openapi/.",
        from file in Markdown.Files
        from span in Markdown.Spans(Repository.Read(file))
        where Call.IsMatch(span) && !Routes.Contains(span)
        select $"{file}: {span}");

    [GeneratedRegex("^[A-Z]+ /api/")]
    private static partial Regex Call { get; }
}
