using System.Diagnostics;
using Dapper;
using Npgsql;
using Portico.Platform.Messaging;

namespace Portico.Platform.Data;

/// <summary>
/// The module's database as one request sees it. Writes go through <see cref="BeginAsync"/>; reads open a connection each, or
/// use that of the change that is open: who held one and waited for a second would wait for others who do the same. Inside a
/// request with an <c>Idempotency-Key</c> both join the transaction that also stores the answer.
/// </summary>
public sealed class Database<TModule>(ModuleDataSource<TModule> module, ChangeScope scope)
{
    private Change? begun;

    /// <summary>Whose request this is.</summary>
    public Asker Asker => new(scope.Cause, Activity.Current?.Id);

    /// <summary>Whether the request has an <c>Idempotency-Key</c>: its changes then commit with its answer.</summary>
    internal bool StoresAnswer => scope.Outer is not null;

    /// <summary>Every row of the answer.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<T>>(async (connection, transaction) =>
            (await connection.QueryAsync<T>(Command(sql, parameters, transaction, cancellationToken))).AsList(), cancellationToken);

    /// <summary>Every row of the answer, cut in two at the column <paramref name="splitOn"/>.</summary>
    public Task<IReadOnlyList<(TFirst First, TSecond Second)>> QueryPairsAsync<TFirst, TSecond>(
        string sql, string splitOn, object? parameters, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<(TFirst, TSecond)>>(async (connection, transaction) =>
            (await connection.QueryAsync<TFirst, TSecond, (TFirst, TSecond)>(
                Command(sql, parameters, transaction, cancellationToken), static (first, second) => (first, second), splitOn)).AsList(), cancellationToken);

    /// <summary>The only row, or null when there is none.</summary>
    public Task<T?> FindAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        ReadAsync((connection, transaction) =>
            connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters, transaction, cancellationToken)), cancellationToken);

    /// <summary>Several statements in one round trip; one reader of all their answers.</summary>
    public Task<T> QueryBatchAsync<T>(
        string sql, object? parameters, Func<SqlMapper.GridReader, Task<T>> read, CancellationToken cancellationToken) =>
        ReadAsync(async (connection, transaction) =>
        {
            await using var answers = await connection.QueryMultipleAsync(Command(sql, parameters, transaction, cancellationToken));
            return await read(answers);
        }, cancellationToken);

    /// <summary>Starts a change: a transaction whose events are published if, and only if, it commits.</summary>
    public async Task<Change> BeginAsync(CancellationToken cancellationToken)
    {
        if (scope.Outer is { } outer)
        {
            return await outer.NestAsync(cancellationToken);
        }

        var connection = await module.Source.OpenConnectionAsync(cancellationToken);
        var change = new Change(connection, await connection.BeginTransactionAsync(cancellationToken), module.Bell, module.HasCommitted, scope.Cause);
        begun = change;
        return change;
    }

    private async Task<T> ReadAsync<T>(Func<NpgsqlConnection, NpgsqlTransaction?, Task<T>> read, CancellationToken cancellationToken)
    {
        if ((scope.Outer ?? begun) is { IsOpen: true } change)
        {
            return await change.ReadAsync(read, cancellationToken);
        }

        try
        {
            return await ReadOnceAsync(read, cancellationToken);
        }
        catch (NpgsqlException e) when (DatabaseFailures.IsBrokenConnection(e))
        {
            // After a database restart every pooled connection fails once; a read loses nothing by asking again.
            return await ReadOnceAsync(read, cancellationToken);
        }
    }

    private async Task<T> ReadOnceAsync<T>(Func<NpgsqlConnection, NpgsqlTransaction?, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await module.Source.OpenConnectionAsync(cancellationToken);
        return await read(connection, null);
    }

    private static CommandDefinition Command(string sql, object? parameters, NpgsqlTransaction? transaction, CancellationToken cancellationToken) =>
        new(sql, parameters, transaction, cancellationToken: cancellationToken);
}

/// <summary>What the changes of one request, or of one fact's consumer, have in common.</summary>
public sealed class ChangeScope(IHttpContextAccessor accessor)
{
    private Cause? cause;

    /// <summary>Whose doing they are: the caller's, unless it is said.</summary>
    public Cause Cause
    {
        get => cause ?? Cause.Of(accessor.HttpContext);
        set => cause = value;
    }

    /// <summary>The request's transaction, or null: then every change has its own.</summary>
    public Change? Outer { get; set; }
}
