using System.CommandLine;
using Portico.Host.Setup;
using Portico.Platform.Modules;

namespace Portico.Host.Verbs;

/// <summary><c>portico demo</c>: makes an empty installation worth looking at.</summary>
internal static class DemoVerb
{
    public static Command Create()
    {
        var verb = new Command("demo", "Adds demonstration data. Running it twice changes nothing.") { HostOptions.Data };
        verb.SetAction((result, cancellationToken) =>
            RunAsync(new(ModuleCatalog.Parse(ModuleCatalog.Everything)!, result.GetRequiredValue(HostOptions.Data)), cancellationToken));
        return verb;
    }

    public static async Task SeedAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        foreach (var demo in scope.ServiceProvider.GetServices<IDemoData>())
        {
            await demo.SeedAsync(cancellationToken);
        }
    }

    private static async Task<int> RunAsync(ProcessSetup setup, CancellationToken cancellationToken)
    {
        await using var process = await PorticoProcess.OpenQuietAsync(setup, cancellationToken);
        await Schemas.EnsureCurrentAsync(process.App.Services, cancellationToken);
        await SeedAsync(process.App.Services, cancellationToken);
        Console.WriteLine("The demonstration data is there.");
        return 0;
    }
}
