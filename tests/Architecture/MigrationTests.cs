using System.Reflection;
using System.Text.RegularExpressions;
using Portico.Host;
using Portico.Platform.Modules;

namespace Portico.Tests.Architecture;

public sealed partial class MigrationTests
{
    private static readonly List<(string Owner, Assembly Assembly, IReadOnlyList<string> Files)> Owners =
    [
        ("platform", typeof(IModule).Assembly, Repository.Files("src/Platform/**.sql")),
        .. from module in BuiltApps.Modules
           where ModuleCatalog.WithDatabase.Contains(NameOf(module))
           select (NameOf(module), module, Repository.Files($"src/Modules/{FolderOf(module)}/Migrations/*.sql")),
    ];

    [Fact]
    public void Migrations_are_numbered_without_gaps_and_doubles() => Faults.AssertNone(
        "A migration is NNNN_what_it_makes.sql with the next number of its module: they are applied in this order.",
        from owner in Owners
        from wrong in owner.Files.Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .Select((file, index) => (File: file!, Number: $"{index + 1:0000}"))
            .Where(file => !Name.IsMatch(file.File) || !file.File.StartsWith(file.Number, StringComparison.Ordinal)).Take(1)
        select $"{owner.Owner}: {wrong.File} where {wrong.Number} is next");

    [Fact]
    public void Migrations_are_in_the_program() => Assert.All(Owners, owner => Faults.AssertSame(
        "A migration that is not embedded is never applied: it belongs into the folder Migrations of its module.",
        ($"the files of {owner.Owner}", owner.Files.Select(file => Path.GetFileNameWithoutExtension(file))),
        ("the assembly", from name in owner.Assembly.GetManifestResourceNames()
                         where name.EndsWith(".sql", StringComparison.Ordinal)
                         select name.Split('.')[^2])));

    [Fact]
    public void A_module_with_migrations_has_a_database() => Faults.AssertSame(
        "ModuleCatalog.WithDatabase lists the modules that keep data.",
        ("the folders", Repository.Files("src/Modules/*/Migrations/*.sql").Select(file => file.Split('/')[2].ToLowerInvariant()).Distinct()),
        ("ModuleCatalog.WithDatabase", ModuleCatalog.WithDatabase));

    private static string FolderOf(Assembly module) => module.GetName().Name!["Portico.".Length..];

    private static string NameOf(Assembly module) => FolderOf(module).ToLowerInvariant();

    [GeneratedRegex(@"^\d{4}_[a-z0-9_]+\.sql$")]
    private static partial Regex Name { get; }
}
