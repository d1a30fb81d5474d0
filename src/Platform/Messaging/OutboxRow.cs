using System.Diagnostics;
using System.Text.Json;
using Npgsql;
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
        string[] keys = [.. rows.Select(row => row.Key.ToString()).Distinct().Order(StringComparer.Ordinal)];
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new("select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest($1) as key") { Parameters = { Value(keys) } },
                Insert(rows),
                // When a statement before it fails the server skips this one, and disposing the transaction undoes the rest.
                new("commit"),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Insert(IReadOnlyList<OutboxRow> rows) => new(
        """
        insert into outbox (id, type, topic, key, payload, trace_parent, occurred_at)
        select id, type, topic, key, payload, trace_parent, clock_timestamp()
        from unnest($1, $2, $3, $4, $5, $6) with ordinality as row (id, type, topic, key, payload, trace_parent, nth)
        order by nth
        """)
    {
        Parameters =
        {
            Column(rows, row => row.Id), Column(rows, row => row.Type), Column(rows, row => row.Topic),
            Column(rows, row => row.Key), Column(rows, row => row.Payload), Column(rows, row => row.TraceParent),
        },
    };

    private static NpgsqlParameter<T[]> Column<T>(IReadOnlyList<OutboxRow> rows, Func<OutboxRow, T> member) => Value<T[]>([.. rows.Select(member)]);

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };
}
