using System.Data;
using System.Diagnostics;
using Dapper;
using Npgsql;
using Portico.Contracts;
using Portico.Platform.Messaging;

namespace Portico.Platform.Data;

/// <summary>
/// A transaction and the facts it makes true. Disposing it without <see cref="CommitAsync"/> undoes both.
/// </summary>
public sealed class Change : IAsyncDisposable
{
    private readonly Bell outbox;
    private readonly Action committed;
    private readonly Cause cause;
    private readonly Change? outer;
    private readonly string? savepoint;
    private readonly List<OutboxRow> events = [];
    private readonly List<Action> afterwards = [];
    private (string Sql, object? Parameters)? unsent;
    private int nested;
    private bool done;
    private bool disposed;

    internal Change(NpgsqlConnection connection, NpgsqlTransaction transaction, Bell outbox, Action committed, Cause cause)
    {
        (Connection, Transaction, this.outbox, this.committed, this.cause) = (connection, transaction, outbox, committed, cause);
    }

    private Change(Change outer, string savepoint)
        : this(outer.Connection, outer.Transaction, outer.outbox, outer.committed, outer.cause)
    {
        (this.outer, this.savepoint) = (outer, savepoint);
    }

    /// <summary>Whether it still has its connection, committed or not.</summary>
    internal bool IsOpen { get; private set; } = true;

    private NpgsqlConnection Connection { get; }

    private NpgsqlTransaction Transaction { get; }

    /// <summary>Every row of the answer, as this transaction sees it.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancellationToken)
    {
        await SendAsync(cancellationToken);
        return (await Connection.QueryAsync<T>(Command(sql, parameters, cancellationToken))).AsList();
    }

    /// <summary>Several statements in one round trip, each seeing what was committed before it began; one reader of all their answers.</summary>
    public async Task<T> QueryBatchAsync<T>(
        string sql, object? parameters, Func<SqlMapper.GridReader, Task<T>> read, CancellationToken cancellationToken)
    {
        await SendAsync(cancellationToken);
        await using var answers = await Connection.QueryMultipleAsync(Command(sql, parameters, cancellationToken));
        return await read(answers);
    }

    /// <summary>The only row, or null when there is none.</summary>
    public async Task<T?> FindAsync<T>(string sql, object? parameters, CancellationToken cancellationToken)
    {
        await SendAsync(cancellationToken);
        return await Connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters, cancellationToken));
    }

    /// <summary>Runs a statement and answers how many rows it changed.</summary>
    public async Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken)
    {
        await SendAsync(cancellationToken);
        return await Connection.ExecuteAsync(Command(sql, parameters, cancellationToken));
    }

    /// <summary>
    /// Runs statements whose answer nobody waits for before whatever comes next: where that is the commit, in one round trip with
    /// it. What the database refuses of them is thrown there.
    /// </summary>
    public async Task WriteAsync(string sql, object? parameters, CancellationToken cancellationToken)
    {
        await SendAsync(cancellationToken);
        unsent = (sql, parameters);
    }

    /// <summary>Tells the other modules, once this change is committed.</summary>
    /// <param name="asker">Whose doing it is, where others share the change.</param>
    public void Publish<TEvent>(TEvent fact, Asker? asker = null)
        where TEvent : IIntegrationEvent => events.Add(OutboxRow.Of(fact, asker ?? new(cause, Activity.Current?.Id)));

    /// <summary>
    /// Does something once this change is durable, and not at all when it is undone: for what the process itself remembers.
    /// It may not throw.
    /// </summary>
    public void AfterCommit(Action act) => afterwards.Add(act);

    /// <summary>Makes the change and its events durable together.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (outer is not null)
        {
            await SendAsync(cancellationToken);
            await Transaction.ReleaseAsync(savepoint!, cancellationToken);
            outer.events.AddRange(events);
            outer.afterwards.AddRange(afterwards);
        }
        else
        {
            await CommitAllAsync(cancellationToken);
            committed();
            afterwards.ForEach(act => act());
        }

        (done, unsent) = (true, null);
    }

    /// <summary>What the transaction sees, or, once it is committed, what everybody does.</summary>
    internal async Task<T> ReadAsync<T>(Func<NpgsqlConnection, NpgsqlTransaction?, Task<T>> read, CancellationToken cancellationToken)
    {
        await SendAsync(cancellationToken);
        return await read(Connection, done ? null : Transaction);
    }

    internal async Task<Change> NestAsync(CancellationToken cancellationToken)
    {
        var name = $"nested_{++nested}";
        await SendAsync(cancellationToken);
        await Transaction.SaveAsync(name, cancellationToken);
        return new Change(this, name);
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            // The connection may be somebody else's by now, and Npgsql gives them this very transaction object.
            return;
        }

        disposed = true;
        IsOpen = false;
        if (outer is not null)
        {
            // On a connection that died there is nothing left to undo, and trying would hide why.
            if (!done && Connection.State is ConnectionState.Open)
            {
                await Transaction.RollbackAsync(savepoint!);
            }

            return;
        }

        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private async Task CommitAllAsync(CancellationToken cancellationToken)
    {
        if (events.Count == 0 && unsent is null)
        {
            await Transaction.CommitAsync(cancellationToken);
            return;
        }

        var parameters = new DynamicParameters(unsent?.Parameters);
        parameters.AddDynamicParams(OutboxRow.Columns(events));
        // When a statement fails the server skips those after it, and disposing the transaction undoes the rest.
        var statements = $"{unsent?.Sql}{(unsent is null ? "" : ";")} {(events.Count > 0 ? OutboxRow.Append : "")} commit";
        await Connection.ExecuteAsync(Command(statements, parameters, cancellationToken));
        if (events.Count > 0)
        {
            outbox.Ring();
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        if (unsent is var (sql, parameters))
        {
            unsent = null;
            await Connection.ExecuteAsync(Command(sql, parameters, cancellationToken));
        }
    }

    private CommandDefinition Command(string sql, object? parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, Transaction, cancellationToken: cancellationToken);
}
