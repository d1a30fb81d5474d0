using System.CommandLine;

namespace Portico.Host.Verbs;

/// <summary>Options that several verbs take.</summary>
internal static class HostOptions
{
    public static Option<string> Data { get; } = new("--data")
    {
        Description = "The folder of keys and the embedded database",
        DefaultValueFactory = _ => ".portico",
    };

    public static Argument<string> Target { get; } = new("target")
    {
        Description = "all, a module, or several with commas: see `portico targets`",
        DefaultValueFactory = _ => ModuleCatalog.Everything,
    };

    /// <summary>The modules a target names; an unknown one prints the list and ends with 2.</summary>
    public static async Task<int> WithTargetAsync(ParseResult result, Func<IReadOnlyList<string>, Task<int>> act)
    {
        var target = result.GetRequiredValue(Target);
        if (ModuleCatalog.Parse(target) is { Count: > 0 } modules)
        {
            return await act(modules);
        }

        await Console.Error.WriteLineAsync($"There is no target `{target}`. Targets:");
        TargetsVerb.Print(Console.Error);
        return 2;
    }
}
