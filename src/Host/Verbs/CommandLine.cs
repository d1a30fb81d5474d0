using System.CommandLine;

namespace Portico.Host.Verbs;

/// <summary>What <c>portico</c> understands.</summary>
internal static class CommandLine
{
    public static RootCommand Root() => new("Runs coworking spaces on your own machines.")
    {
        ServeVerb.Create(),
    };

    public static Option<DirectoryInfo> DataFolder { get; } = new("--data")
    {
        Description = "Where keys and the embedded database live",
        DefaultValueFactory = _ => new DirectoryInfo(".portico"),
        Recursive = true,
    };
}
