using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Npgsql;
using Portico.Contracts;

namespace Portico.Platform.Messaging;

internal sealed record OutboxRow(Guid Id, string Type, string Topic, Guid Key, string Payload, string? TraceParent)
{
    public static OutboxRow Of<TEvent>(TEvent fact)
        where TEvent : IIntegrationEvent =>
        new(Guid.CreateVersion7(), TEvent.Type, TEvent.Topic, fact.Key, JsonSerializer.Serialize(fact, EventJson.Options), Activity.Current?.Id);

    /// <summary>
    /// Writes the rows as the transaction's last act. The lock per key makes commit order the order of positions: without
    /// it a later fact of one owner could be seen, and delivered, before an earlier one that has not committed yet.
    /// Sorted keys and nothing locked afterwards: no deadlock.
    /// </summary>
    public static async Task InsertAsync(
        IReadOnlyList<OutboxRow> rows, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        // One statement and one round trip: `locked` is read to the end before the first row is inserted.
        await connection.ExecuteAsync(new(
            """
            with locked as materialized (
                select pg_advisory_xact_lock(hashtextextended(key::text, 0))
                from (select distinct key from unnest(@keys) as key order by key) as owners
            )
            insert into outbox (id, type, topic, key, payload, trace_parent, occurred_at)
            select fact.id, fact.type, fact.topic, fact.key, fact.payload, fact.trace_parent, clock_timestamp()
            from (select count(*) from locked) as all_locked,
                 unnest(@ids, @types, @topics, @keys, @payloads, @traces) with ordinality
                     as fact (id, type, topic, key, payload, trace_parent, nth)
            order by fact.nth
            """,
            new
            {
                ids = rows.Select(row => row.Id).ToArray(),
                types = rows.Select(row => row.Type).ToArray(),
                topics = rows.Select(row => row.Topic).ToArray(),
                keys = rows.Select(row => row.Key).ToArray(),
                payloads = rows.Select(row => row.Payload).ToArray(),
                traces = rows.Select(row => row.TraceParent).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
    }
}
