using Portico.Host.EmbeddedPostgres;

namespace Portico.Host.Setup;

/// <summary>
/// The databases a process works with: the configured ones, or an embedded PostgreSQL in the data folder, which this
/// process starts, or uses when another process of the same folder has started it.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly EmbeddedServer? server;

    private Installation(EmbeddedServer? server, ModuleConnections? connections)
    {
        this.server = server;
        Databases = connections is null ? [] : SettingsOf(connections);
    }

    /// <summary>Configuration to add: the connection strings of the embedded databases.</summary>
    public IReadOnlyDictionary<string, string?> Databases { get; }

    public static async Task<Installation> OpenAsync(ProcessSetup setup, ILogger logger, CancellationToken cancellationToken)
    {
        if (!setup.UsesEmbeddedServer)
        {
            return new(null, null);
        }

        var server = await StartOrAttachAsync(setup.EmbeddedServer, logger, cancellationToken);
        try
        {
            return new(server, await ModuleDatabases.CreateAsync(server, ModuleCatalog.WithDatabase, ModuleCatalog.WithOwner, cancellationToken));
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
        foreach (var (module, owner) in connections.Owners)
        {
            settings[$"Modules:{module}:OwnerConnectionString"] = owner;
        }

        settings["Modules:members:AccountDirectory"] = connections.Directory;
        settings["Modules:bookings:AccountDirectory"] = connections.Directory;
        return settings;
    }
}
