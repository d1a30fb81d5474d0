using System.Text.RegularExpressions;
using Portico.Host;
using Portico.Host.Verbs;
using Portico.Platform.Schedules;

namespace Portico.Tests.Architecture;

/// <summary>What README, CONTRIBUTING and docs/ name is there.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_link_leads_somewhere() => Faults.AssertNone(
        "The link leads to no file: mend it, or the document that it led to.",
        from file in Markdown.Files
        from link in Markdown.Links(Repository.Read(file))
        where !link.Contains(':', StringComparison.Ordinal) && !link.StartsWith('#')
        let path = Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, link.Split('#')[0])
        where !Path.Exists(path)
        select $"{file}: {link}");

    // A path may be told by its end (`Host/ModuleCatalog.cs`), with `<Name>` for any name and `…` for any rest.
    [Fact]
    public void Every_path_exists() => Faults.AssertNone(
        "There is no such file or folder: the document is older than the repository.",
        from file in Markdown.Files
        from span in Markdown.Spans(Repository.Read(file))
        where IsPath.IsMatch(span) && !NotOfHere.IsMatch(span)
        let shape = Regex.Replace(Regex.Escape(span.TrimEnd('/')), "<[A-Za-z]+>", "[^/]+").Replace("…", ".*", StringComparison.Ordinal)
        where !Repository.All.Any(path => Regex.IsMatch(path, $"(^|/){shape}(/|$)"))
        select $"{file}: {span}");

    [Fact]
    public void Every_make_target_is_one_of_the_Makefile() => Faults.AssertNone(
        "The Makefile has no such target: `make` lists those it has.",
        from file in Markdown.Files.Append("Makefile")
        from code in file == "Makefile" ? [Repository.Read(file)] : Markdown.Code(Repository.Read(file))
        from Match target in MakeCall.Matches(code)
        where !Targets.Contains(target.Groups["target"].Value)
        select $"{file}: {target.Value}");

    [Fact]
    public void Every_make_target_is_phony_and_explained() => Faults.AssertSame(
        "`.PHONY` names every target, and each says behind ## what it is for.",
        (".PHONY", Repository.Read("Makefile").Split('\n').Single(line => line.StartsWith(".PHONY:", StringComparison.Ordinal)).Split(' ').Skip(1)),
        ("the explained targets", from line in MakeTarget.Matches(Repository.Read("Makefile"))
                                  where line.Value.Contains(" ## ", StringComparison.Ordinal)
                                  select line.Groups["target"].Value));

    [Fact]
    public void Every_portico_verb_is_one_of_the_program() => Faults.AssertNone(
        "`portico --help` lists the verbs there are.",
        from file in Markdown.Files.Append("Makefile")
        let text = Repository.Read(file)
        from code in file == "Makefile" ? [text.Replace("$(portico)", "portico", StringComparison.Ordinal)] : Markdown.Code(text)
        from Match call in PorticoCall.Matches(code)
        let verb = CommandLine.Root().Subcommands.FirstOrDefault(verb => verb.Name == call.Groups["verb"].Value)
        let inner = verb?.Subcommands.Select(inner => inner.Name).ToList() ?? []
        where verb is null || (inner.Count > 0 && !inner.Intersect(call.Groups["inner"].Value.Split('|')).Any())
        select $"{file}: {call.Value}");

    [Fact]
    public void The_table_of_modules_is_the_catalog() => Faults.AssertSame(
        "docs/architecture.md lists what ModuleCatalog does: serve target, port, database.",
        ("docs/architecture.md", Markdown.Rows("docs/architecture.md", "Module").Select(row => $"{row.Cells[1]} {row.Cells[2]} {row.Cells[3]}")),
        ("ModuleCatalog", ModuleCatalog.Targets.Select(module =>
            $"`{module.Name}` {module.Port} {(ModuleCatalog.WithDatabase.Contains(module.Name) ? $"`portico_{module.Name}`" : "none")}")));

    [Fact]
    public void The_table_of_jobs_is_what_runs() => Faults.AssertSame(
        "docs/architecture.md lists every job: name and module.",
        ("docs/architecture.md", Markdown.Rows("docs/architecture.md", "Job").Select(row => $"{row.Cells[0]} {row.Cells[1]}")),
        ("the application", from service in BuiltApps.ServicesOf(ModuleCatalog.Everything)
                            where service.ServiceType == typeof(Schedule)
                            let job = (Schedule)service.ImplementationInstance!
                            select $"`{job.Name}` {job.Module.Name.Replace("Module", "", StringComparison.Ordinal).ToLowerInvariant()}"));

    private static HashSet<string> Targets { get; } =
        [.. MakeTarget.Matches(Repository.Read("Makefile")).Select(line => line.Groups["target"].Value)];

    [GeneratedRegex(@"^[\w.<][\w.<>-]*(/[\w.<>…-]*)+$|^[\w<>.-]+\.(cs|sql|md|sh|csproj|props|slnx)$")]
    private static partial Regex IsPath { get; }

    [GeneratedRegex(@"^(application|text|image|Europe)/")]
    private static partial Regex NotOfHere { get; }

    [GeneratedRegex(@"\bmake (?<target>[a-z][a-z-]*)")]
    private static partial Regex MakeCall { get; }

    [GeneratedRegex(@"^(?<target>[a-z][a-z-]*):.*$", RegexOptions.Multiline)]
    private static partial Regex MakeTarget { get; }

    [GeneratedRegex(@"\bportico (?<verb>[a-z][a-z-]*)(?: (?<inner>[a-z|-]+))?")]
    private static partial Regex PorticoCall { get; }
}
