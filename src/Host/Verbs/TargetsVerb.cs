using System.CommandLine;

namespace Portico.Host.Verbs;

/// <summary><c>portico targets</c>: what can be served, and on which port when alone.</summary>
internal static class TargetsVerb
{
    public static Command Create()
    {
        var verb = new Command("targets", "Lists what can be served.");
        verb.SetAction(_ => Print(Console.Out));
        return verb;
    }

    public static void Print(TextWriter output)
    {
        output.WriteLine($"{ModuleCatalog.Everything,-10} 3000");
        foreach (var (name, port) in ModuleCatalog.Targets)
        {
            output.WriteLine($"{name,-10} {port}");
        }
    }
}
