using Npgsql;

namespace Portico.Platform.Data;

/// <summary>A module's own database. There is one per module and process; no module sees another's.</summary>
public sealed class ModuleDataSource<TModule>(string module, NpgsqlDataSource source) : IAsyncDisposable
{
    /// <summary>The module's name.</summary>
    public string Module => module;

    /// <summary>Connections to the module's database.</summary>
    public NpgsqlDataSource Source => source;

    /// <summary>Rung after every commit that left something in the outbox.</summary>
    public Messaging.OutboxBell Bell { get; } = new();

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
