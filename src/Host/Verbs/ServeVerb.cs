using System.CommandLine;

namespace Portico.Host.Verbs;

/// <summary><c>portico serve &lt;all|name[,name]&gt;</c></summary>
internal static class ServeVerb
{
    public static Command Create()
    {
        var target = new Argument<string>("target") { Description = "all, a module, or several with commas" };
        return new Command("serve", "Answers requests until it is stopped.") { target };
    }
}
