using System.CommandLine;
using Portico.Host.Setup;

namespace Portico.Host.Verbs;

/// <summary><c>portico verify-config [target]</c>: names every configuration error at once, and touches nothing.</summary>
internal static class VerifyConfigVerb
{
    public static Command Create()
    {
        var verb = new Command("verify-config", "Checks the configuration of a target without starting anything.") { HostOptions.Target, HostOptions.Data };
        verb.SetAction((result, _) => HostOptions.WithTargetAsync(result, async modules =>
        {
            await ConfigurationCheck.RunAsync(new(modules, result.GetRequiredValue(HostOptions.Data)));
            Console.WriteLine("The configuration is sound.");
            return 0;
        }));
        return verb;
    }
}
