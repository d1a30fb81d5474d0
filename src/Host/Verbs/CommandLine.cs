using System.CommandLine;

namespace Portico.Host.Verbs;

/// <summary>What <c>portico</c> understands.</summary>
internal static class CommandLine
{
    // For the requests' drain, what stops after them and the database's checkpoint. A server that takes longer ends by itself,
    // and the next start waits for it.
    private static readonly TimeSpan Stopping = TimeSpan.FromSeconds(30);

    public static RootCommand Root() => new("Portico runs coworking spaces on your own machines.")
    {
        ServeVerb.Create(),
        TargetsVerb.Create(),
        VerifyConfigVerb.Create(),
        HealthVerb.Create(),
        VerifyVerb.Create(),
        MigrateVerb.Create(),
        DemoVerb.Create(),
        AdminVerb.Create(),
        AuditVerb.Create(),
        KeysVerb.Create(),
        OutboxVerb.Create(),
        EventsVerb.Create(),
        AnalyticsVerb.Create(),
        PostgresVerb.Create(),
        OpenApiVerb.Create(),
    };

    /// <summary>Runs one verb. What goes wrong is told in a line or a few on standard error; the exit code is then 1.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return await Root().Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Stopping });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("portico: stopped before it was done.");
            return 130;
        }
        catch (Exception e) when (Failures.Explain(e) is { } explanation)
        {
            await Console.Error.WriteLineAsync($"portico: {explanation}");
            return 1;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"portico: this is a mistake in Portico.\n{e}");
            return 1;
        }
    }
}
