namespace Portico.Host.EmbeddedPostgres;

/// <summary>The server's comings and goings, for the process that owns its data folder.</summary>
internal sealed class ServerProcess(EmbeddedServerOptions options, ServerFolder folder, ServerPrograms programs, ILogger logger)
{
    private const int Attempts = 5;
    private static readonly TimeSpan LongestRepair = TimeSpan.FromMinutes(10);

    public async Task<Postmaster> AdoptOrStartAsync(CancellationToken cancellationToken)
    {
        if (Postmaster.Find(folder) is { } left)
        {
            var adopted = await ServerConnection.WaitAsync(folder, LongestRepair, untilItRuns: false, cancellationToken)
                ?? throw new EmbeddedServerException(
                    $"A database server (process {left.ProcessId}) runs in {folder.Root} but does not answer. "
                    + $"Stop it (kill -INT {left.ProcessId}) and start again.");
            logger.Adopted(adopted.ProcessId, adopted.Port);
            return adopted;
        }

        if (Postmaster.Disown(folder))
        {
            logger.WasKilled(folder.Root);
        }

        try
        {
            var started = await StartAsync(cancellationToken);
            logger.Started(started.ProcessId, started.Port);
            return started;
        }
        catch
        {
            await programs.StopAsync(CancellationToken.None);
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // A second Ctrl-C reaches the waiting pg_ctl, not the server: then somebody has to wait again.
        for (var attempt = 1; Postmaster.Find(folder) is not null; attempt++)
        {
            var stop = await programs.StopAsync(cancellationToken);
            if (attempt == Attempts && Postmaster.Find(folder) is { } running)
            {
                throw new EmbeddedServerException(
                    $"The database server (process {running.ProcessId}) does not stop: {stop.Errors} Try kill -INT {running.ProcessId}.");
            }
        }

        logger.Stopped(folder.Root);
    }

    private async Task<Postmaster> StartAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await ServerSettings.WriteAsync(folder, await ServerPort.ChooseAsync(folder, cancellationToken), options, cancellationToken);
            var start = await programs.StartAsync(cancellationToken);
            if (await ServerConnection.WaitAsync(folder, LongestRepair, untilItRuns: false, cancellationToken) is { } running)
            {
                return running;
            }

            if (attempt == Attempts || Postmaster.Find(folder) is not null)
            {
                throw new EmbeddedServerException($"PostgreSQL did not start in {folder.Root}: {start.Errors}\n{folder.LastWordsOfTheServer()}");
            }

            // Another program may have taken the port meanwhile, or processes of a killed server need a moment to leave.
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Started the database server, process {ProcessId}, on port {Port}")]
    public static partial void Started(this ILogger logger, int processId, int port);

    [LoggerMessage(LogLevel.Information, "Took over the database server that was left running, process {ProcessId}, on port {Port}")]
    public static partial void Adopted(this ILogger logger, int processId, int port);

    [LoggerMessage(LogLevel.Warning, "The database server in {Folder} was killed the last time; it repairs itself now")]
    public static partial void WasKilled(this ILogger logger, string folder);

    [LoggerMessage(LogLevel.Information, "Stopped the database server in {Folder}")]
    public static partial void Stopped(this ILogger logger, string folder);
}
