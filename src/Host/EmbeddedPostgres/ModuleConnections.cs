namespace Portico.Host.EmbeddedPostgres;

/// <summary>Connection strings: one per module by its name, those of owners that are not the module, and the one that only reads the directory of accounts.</summary>
internal sealed record ModuleConnections(IReadOnlyDictionary<string, string> Modules, IReadOnlyDictionary<string, string> Owners, string Directory)
{
    // The strings hold passwords, and a record prints its members.
    public override string ToString() => $"{nameof(ModuleConnections)} of {string.Join(", ", Modules.Keys)}";
}
