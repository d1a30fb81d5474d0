namespace Portico.Host.EmbeddedPostgres;

/// <summary>A private PostgreSQL in the data folder. Who starts it owns it and stops it; who attaches only uses it.</summary>
internal sealed class EmbeddedServer : IAsyncDisposable
{
    private readonly string _password;
    private readonly ServerProcess? _process;
    private readonly DataFolderLock? _ownership;
    private readonly ILogger? _logger;
    private bool _disposed;

    private EmbeddedServer(string dataFolder, string password, Postmaster running)
    {
        (DataFolder, _password, ProcessId, Port) = (Path.GetFullPath(dataFolder), password, running.ProcessId, running.Port);
    }

    private EmbeddedServer(string dataFolder, string password, Postmaster running, ServerProcess process, DataFolderLock ownership, ILogger logger)
        : this(dataFolder, password, running)
    {
        (_process, _ownership, _logger) = (process, ownership, logger);
    }

    public string DataFolder { get; }

    public int Port { get; private set; }

    public int ProcessId { get; private set; }

    /// <summary>Starts the server of this data folder, or takes over the one that a killed host left running.</summary>
    /// <exception cref="DataFolderInUseException">Another process owns it: attach instead.</exception>
    public static async Task<EmbeddedServer> StartAsync(EmbeddedServerOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var folder = new ServerFolder(options.DataFolder);
        var ownership = DataFolderLock.Take(options.DataFolder, "postgres");
        try
        {
            folder.Create();
            var binaries = PostgresBinaries.Find(options.BinFolder);
            var programs = new ServerPrograms(folder, binaries, await ServerAccount.ChooseAsync(folder, binaries, cancellationToken));
            if (!folder.Initialised)
            {
                await programs.InitialiseAsync(sync: options.Settings.GetValueOrDefault("fsync") != "off", cancellationToken);
                logger.Initialised(folder.Data, binaries);
            }

            var password = await ServerConnection.ReadPasswordAsync(folder, cancellationToken);
            var process = new ServerProcess(options, folder, programs, logger);
            return new EmbeddedServer(options.DataFolder, password, await process.AdoptOrStartAsync(cancellationToken), process, ownership, logger);
        }
        catch
        {
            ownership.Dispose();
            throw;
        }
    }

    /// <summary>Uses the server that another process owns, waiting a while for it to be ready; disposing does not stop it.</summary>
    public static async Task<EmbeddedServer> AttachAsync(EmbeddedServerOptions options, CancellationToken cancellationToken)
    {
        var folder = new ServerFolder(options.DataFolder);
        var running = await ServerConnection.WaitAsync(folder, options.AttachTimeout, untilItRuns: true, cancellationToken)
            ?? throw new EmbeddedServerException(
                $"No database server is running in {folder.Root}. Start the process that owns it first, or configure the connection strings.");
        return new EmbeddedServer(options.DataFolder, await ServerConnection.ReadPasswordAsync(folder, cancellationToken), running);
    }

    public string ConnectionString(string database, string role, string password) =>
        ServerConnection.To(Port, database, role, password).ConnectionString;

    public string SuperuserConnectionString(string database = "postgres") => ConnectionString(database, "postgres", _password);

    /// <summary>Stops the server in order. Connections are closed; what they had committed is kept.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Process.StopAsync(cancellationToken);

    /// <summary>Starts the server once more after <see cref="StopAsync"/>, on the same port unless another program took it.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        var running = await Process.AdoptOrStartAsync(cancellationToken);
        (ProcessId, Port) = (running.ProcessId, running.Port);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null || Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        try
        {
            await _process.StopAsync(CancellationToken.None);
        }
        catch (EmbeddedServerException e)
        {
            _logger?.DidNotStop(e);
        }
        finally
        {
            _ownership?.Dispose();
        }
    }

    private ServerProcess Process => _process
        ?? throw new InvalidOperationException("This process only uses the server; its owner starts and stops it.");
}

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Made a database server in {Folder} with PostgreSQL from {Binaries}")]
    public static partial void Initialised(this ILogger logger, string folder, string binaries);

    [LoggerMessage(LogLevel.Error, "The database server was left running; the next start takes it over")]
    public static partial void DidNotStop(this ILogger logger, Exception exception);
}
