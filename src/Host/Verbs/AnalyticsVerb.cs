using System.CommandLine;
using Portico.Analytics.Data;
using Portico.Host.Setup;

namespace Portico.Host.Verbs;

/// <summary><c>portico analytics rebuild</c>: the numbers once more, from the facts they rest on.</summary>
internal static class AnalyticsVerb
{
    public static Command Create()
    {
        var rebuild = new Command("rebuild", "Counts every fact anew, with Kafka from the topics' beginning. Meanwhile everybody sees the old numbers.") { HostOptions.Data };
        rebuild.SetAction((result, cancellationToken) => RebuildAsync(new(["analytics"], result.GetRequiredValue(HostOptions.Data)), cancellationToken));
        return new Command("analytics", "Statistics.") { rebuild };
    }

    private static async Task<int> RebuildAsync(ProcessSetup setup, CancellationToken cancellationToken)
    {
        await using var process = await PorticoProcess.OpenQuietAsync(setup, cancellationToken);
        await Schemas.EnsureCurrentAsync(process.App.Services, cancellationToken);
        await using var scope = process.App.Services.CreateAsyncScope();
        Console.WriteLine($"{await scope.ServiceProvider.GetRequiredService<Rebuild>().RunAsync(cancellationToken)} facts counted");
        return 0;
    }
}
