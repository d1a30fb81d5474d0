namespace Portico.Host.EmbeddedPostgres;

/// <summary>The server's comings and goings, for the process that owns its data folder.</summary>
internal sealed class ServerProcess(EmbeddedServerOptions options, ServerFolder folder, ServerPrograms programs, ILogger logger)
{
    private const int Attempts = 5;
    private static readonly TimeSpan LongestRepair = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestStop = TimeSpan.FromMinutes(2);

    public async Task<Postmaster> AdoptOrStartAsync(CancellationToken cancellationToken)
    {
        if (await FindLeftAsync(cancellationToken) is { } left)
        {
            logger.Adopted(left.ProcessId, left.Port);
            return left;
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

    // Null also when the last one was still on its way out: it is gone by then.
    private async Task<Postmaster?> FindLeftAsync(CancellationToken cancellationToken)
    {
        if (Postmaster.Find(folder) is not { } found)
        {
            return null;
        }

        if (found.IsStopping)
        {
            logger.IsStopping(folder.Root, found.ProcessId);
        }

        var left = await ServerConnection.WaitAsync(folder, found.IsStopping ? LongestStop : LongestRepair, untilItRuns: false, cancellationToken);
        if (left is null && Postmaster.Find(folder) is { } mute)
        {
            throw new EmbeddedServerException(
                $"A database server (process {mute.ProcessId}) runs in {folder.Root} but does not answer. "
                + $"Stop it (kill -{(mute.IsStopping ? "QUIT" : "INT")} {mute.ProcessId}) and start again.");
        }

        return left;
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
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Started the database server, process {ProcessId}, on port {Port}")]
    public static partial void Started(this ILogger logger, int processId, int port);

    [LoggerMessage(LogLevel.Information, "Took over the database server that was left running, process {ProcessId}, on port {Port}")]
    public static partial void Adopted(this ILogger logger, int processId, int port);

    [LoggerMessage(LogLevel.Information, "The last database server in {Folder}, process {ProcessId}, is still stopping; waiting for it")]
    public static partial void IsStopping(this ILogger logger, string folder, int processId);

    [LoggerMessage(LogLevel.Warning, "The database server in {Folder} was killed the last time; it repairs itself now")]
    public static partial void WasKilled(this ILogger logger, string folder);

    [LoggerMessage(LogLevel.Information, "Stopped the database server in {Folder}")]
    public static partial void Stopped(this ILogger logger, string folder);
}
