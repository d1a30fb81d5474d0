using System.CommandLine;

namespace Portico.Host.Verbs;

/// <summary>What <c>portico</c> understands.</summary>
internal static class CommandLine
{
    public static RootCommand Root() => new("Portico runs coworking spaces on your own machines.")
    {
        ServeVerb.Create(),
        MigrateVerb.Create(),
        TargetsVerb.Create(),
    };
}
