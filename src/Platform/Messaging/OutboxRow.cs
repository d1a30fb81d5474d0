using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Portico.Contracts;

namespace Portico.Platform.Messaging;

internal sealed record OutboxRow(Guid Id, string Type, string Topic, Guid Key, string Payload, string? TraceParent)
{
    public static OutboxRow Of<TEvent>(TEvent fact)
        where TEvent : IIntegrationEvent =>
        new(Guid.CreateVersion7(), TEvent.Type, TEvent.Topic, fact.Key, JsonSerializer.Serialize(fact, EventJson.Options), Activity.Current?.Id);

    /// <summary>
    /// Writes the rows as the transaction's last act and commits, all in one round trip. The lock per key makes commit order
    /// the order of positions: without it a later fact of one owner could be seen, and delivered, before an earlier one that
    /// has not committed yet. Sorted keys and nothing locked afterwards: no deadlock.
    /// </summary>
    public static async Task CommitWithAsync(
        IReadOnlyList<OutboxRow> rows, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var key in rows.Select(row => row.Key.ToString()).Distinct().Order(StringComparer.Ordinal))
        {
            batch.BatchCommands.Add(new("select pg_advisory_xact_lock(hashtextextended($1, 0))") { Parameters = { Value(key) } });
        }

        foreach (var row in rows)
        {
            batch.BatchCommands.Add(row.Insert());
        }

        // When a statement before it fails the server skips this one, and disposing the transaction undoes the rest.
        batch.BatchCommands.Add(new("commit"));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlBatchCommand Insert() => new(
        """
        insert into outbox (id, type, topic, key, payload, trace_parent, occurred_at)
        values ($1, $2, $3, $4, $5, $6, clock_timestamp())
        """)
    {
        Parameters = { Value(Id), Value(Type), Value(Topic), Value(Key), Value(Payload), new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)TraceParent ?? DBNull.Value } },
    };

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };
}
