using System.CommandLine;
using Portico.Host.EmbeddedPostgres;
using Portico.Host.Setup;

namespace Portico.Host.Verbs;

/// <summary><c>portico postgres</c>: holds the embedded database server, for processes that share it.</summary>
internal static class PostgresVerb
{
    public static Command Create()
    {
        var verb = new Command("postgres", "Starts the database server of a data folder and holds it until stopped.") { HostOptions.Data };
        verb.SetAction((result, cancellationToken) => RunAsync(new([], result.GetRequiredValue(HostOptions.Data)), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(ProcessSetup setup, CancellationToken cancellationToken)
    {
        ConfigurationCheck.RunForEmbeddedServer(setup);
        using var logging = PorticoProcess.Logging(setup.Configuration, LogLevel.None);
        await using var server = await EmbeddedServer.StartAsync(setup.EmbeddedServer, logging.CreateLogger("Portico.Host"), cancellationToken);
        Console.WriteLine($"PostgreSQL of {setup.DataFolder} answers on 127.0.0.1:{server.Port}");
        // The server runs by itself; what is waited for is the signal to stop it.
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }
}
