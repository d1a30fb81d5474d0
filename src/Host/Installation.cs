using Portico.Host.EmbeddedPostgres;

namespace Portico.Host;

/// <summary>
/// The databases a process works with: the configured ones, or an embedded PostgreSQL in the data folder, which this
/// process starts, or uses when another process of the same folder has started it.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly EmbeddedServer? server;

    private Installation(string dataFolder, EmbeddedServer? server, ModuleConnections? connections)
    {
        (DataFolder, this.server) = (dataFolder, server);
        Settings = connections is null ? [] : SettingsOf(connections);
    }

    public string DataFolder { get; }

    /// <summary>Whether the databases are Portico's own: then it also keeps their schema.</summary>
    public bool IsEmbedded => server is not null;

    /// <summary>Configuration to add: the connection strings of the embedded databases.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; }

    public static async Task<Installation> OpenAsync(
        string dataFolder, IReadOnlyList<string> modules, ILogger logger, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(dataFolder);
        var configuration = PorticoApp.Configure(folder, []).Configuration;
        var needed = modules.Intersect(ModuleCatalog.WithDatabase).ToList();
        if (needed.Count == 0 || needed.Any(module => configuration[$"Modules:{module}:ConnectionString"] is { Length: > 0 }))
        {
            return new(folder, null, null);
        }

        var options = new EmbeddedServerOptions { DataFolder = folder, BinFolder = configuration["EmbeddedPostgres:BinFolder"] };
        var server = await StartOrAttachAsync(options, logger, cancellationToken);
        try
        {
            return new(folder, server, await ModuleDatabases.CreateAsync(server, ModuleCatalog.WithDatabase, cancellationToken));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<EmbeddedServer> StartOrAttachAsync(EmbeddedServerOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            return await EmbeddedServer.StartAsync(options, logger, cancellationToken);
        }
        catch (DataFolderInUseException)
        {
            return await EmbeddedServer.AttachAsync(options, cancellationToken);
        }
    }

    private static Dictionary<string, string?> SettingsOf(ModuleConnections connections)
    {
        var settings = connections.Modules.ToDictionary(
            module => $"Modules:{module.Key}:ConnectionString", module => (string?)module.Value);
        settings["Modules:members:AccountDirectory"] = connections.Directory;
        return settings;
    }
}
