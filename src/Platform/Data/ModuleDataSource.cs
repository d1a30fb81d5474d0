using Npgsql;

namespace Portico.Platform.Data;

/// <summary>A module's own database. There is one per module and process; no module sees another's.</summary>
public sealed class ModuleDataSource<TModule>(string module, NpgsqlDataSource source, string? owner = null) : IAsyncDisposable
{
    /// <summary>The module's name.</summary>
    public string Module => module;

    /// <summary>Connections to the module's database.</summary>
    public NpgsqlDataSource Source => source;

    /// <summary>A connection, not yet open, of whoever owns the schema: the application itself unless it is said otherwise.</summary>
    internal NpgsqlConnection OwnersConnection() => owner is null ? source.CreateConnection() : new(owner);

    /// <summary>Whom the application signs in to the database as.</summary>
    internal string? Role => new NpgsqlConnectionStringBuilder(source.ConnectionString).Username;

    internal bool HasOwner => owner is not null;

    /// <summary>
    /// Rung after every commit that left something in the outbox. After the commit and not inside it: a NOTIFY in the transaction
    /// would make every commit of the database queue on one lock.
    /// </summary>
    public Messaging.Bell Bell { get; } = new();

    /// <summary>
    /// Room for requests that hold a connection from their first word to their last: half of all connections. Such a request may
    /// wait for others, or need a second one, and those who could give it back have the other half.
    /// </summary>
    internal SemaphoreSlim WholeRequests { get; } = new(Math.Max(1, new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxPoolSize / 2));

    /// <summary>After every commit of a <see cref="Change"/> in this process, whatever it changed. Who listens may neither wait nor throw.</summary>
    public event Action? Committed;

    internal void HasCommitted() => Committed?.Invoke();

    public ValueTask DisposeAsync()
    {
        WholeRequests.Dispose();
        return source.DisposeAsync();
    }
}
