namespace Portico.Host.EmbeddedPostgres;

/// <summary>Connection strings: one per module by its name, and the one that only reads the directory of accounts.</summary>
internal sealed record ModuleConnections(IReadOnlyDictionary<string, string> Modules, string Directory)
{
    // The strings hold passwords, and a record prints its members.
    public override string ToString() => $"{nameof(ModuleConnections)} of {string.Join(", ", Modules.Keys)}";
}
