using System.Xml.Linq;
using Portico.Host;

namespace Portico.Tests.Architecture;

/// <summary>The borders of docs/architecture.md: what the compiler lets a project see.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> References = Repository.Files("**.csproj").ToDictionary(NameOf, ReferencesOf);

    private static IEnumerable<string> Modules => References.Keys.Where(IsModule);

    [Fact]
    public void Every_project_under_src_is_Host_Platform_Contracts_or_a_module() => Faults.AssertSame(
        "A new part of the product is a module under src/Modules, listed in ModuleCatalog. See docs/architecture.md.",
        ("src", References.Keys.Where(name => name.StartsWith("src/", StringComparison.Ordinal))),
        ("the architecture",
            ["src/Host", "src/Platform", "src/Contracts", .. ModuleCatalog.Targets.Select(module => $"src/Modules/{Capital(module.Name)}")]));

    [Fact]
    public void Contracts_knows_nothing()
    {
        var project = Xml("src/Contracts/Portico.Contracts.csproj");
        Faults.AssertNone(
            "Contracts is the vocabulary everybody shares: it may need no project and no package. Move what needs one to Platform or a module.",
            project.Descendants().Where(item => item.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal)).Select(item => item.ToString()));
    }

    [Fact]
    public void Platform_knows_only_Contracts() => Only("src/Platform", "src/Contracts");

    [Fact]
    public void A_module_knows_Platform_and_Contracts_and_no_other_module() =>
        Assert.All(Modules, module => Only(module, "src/Platform", "src/Contracts"));

    [Fact]
    public void Host_knows_every_module() => Faults.AssertSame(
        "Host hosts every module: its project has to reference them all.",
        ("src/Host's references", References["src/Host"]), ("src/Modules", Modules));

    [Fact]
    public void Nobody_but_Host_references_a_module() => Faults.AssertNone(
        "Only Host knows the modules; tests and measurements reach them through it.",
        from project in References
        where project.Key != "src/Host"
        from module in project.Value.Where(IsModule)
        select $"{project.Key} references {module}");

    [Fact]
    public void Only_Host_and_tests_see_what_a_module_keeps_internal() => Faults.AssertNone(
        "InternalsVisibleTo would open a module to another one. What a neighbour needs goes to Contracts.",
        from module in BuiltApps.Modules
        from friend in module.GetCustomAttributesData()
        where friend.AttributeType.Name == "InternalsVisibleToAttribute"
        let name = (string)friend.ConstructorArguments[0].Value!
        where name != "portico" && !name.StartsWith("Portico.Tests.", StringComparison.Ordinal)
        select $"{module.GetName().Name} is open to {name}");

    private static void Only(string project, params string[] allowed) => Faults.AssertNone(
        $"{project} may reference only {string.Join(" and ", allowed)}. What it needs of a neighbour is an interface or an event in Contracts.",
        References[project].Except(allowed).Select(other => $"{project} references {other}"));

    private static bool IsModule(string project) => project.StartsWith("src/Modules/", StringComparison.Ordinal);

    private static string NameOf(string project) => Path.GetDirectoryName(project)!;

    // Its own and those that a Directory.Build.props or .targets above gives it.
    private static string[] ReferencesOf(string project)
    {
        var given = Repository.All.Where(path =>
            Path.GetFileName(path) is "Directory.Build.props" or "Directory.Build.targets"
            && project.StartsWith(Path.GetDirectoryName(path)!, StringComparison.Ordinal));
        return
        [
            .. from file in given.Append(project)
               from reference in Xml(file).Descendants("ProjectReference")
               let path = reference.Attribute("Include")!.Value.Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal)
               select NameOf(Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, NameOf(file), path)))),
        ];
    }

    private static XDocument Xml(string path) => XDocument.Parse(Repository.Read(path));

    private static string Capital(string name) => $"{char.ToUpperInvariant(name[0])}{name[1..]}";
}
