using System.Text.Json;
using Portico.Contracts;

namespace Portico.Platform.Messaging;

internal sealed record OutboxRow(Guid Id, string Type, string Topic, Guid Key, string Payload, string? TraceParent, Cause Cause)
{
    public static OutboxRow Of<TEvent>(TEvent fact, Asker asker)
        where TEvent : IIntegrationEvent =>
        new(Guid.CreateVersion7(), TEvent.Type, TEvent.Topic, fact.Key, JsonSerializer.Serialize(fact, EventJson.Options), asker.TraceParent, asker.Cause);

    /// <summary>
    /// Statements that write the rows as the transaction's last act. The lock per key makes commit order the order of positions:
    /// without it a later fact of one owner could be seen, and delivered, before an earlier one that has not committed yet.
    /// Sorted keys and nothing locked afterwards: no deadlock. A plan for one row looks cheaper than the one for however many and
    /// would be made anew each time, which takes longer than to use it.
    /// </summary>
    public const string Append =
        """
        set local plan_cache_mode = force_generic_plan;
        select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest(@outboxKeys) as key;
        insert into outbox (id, type, topic, key, payload, trace_parent, occurred_at, actor, origin)
        select id, type, topic, key, payload, trace_parent, clock_timestamp(), actor, origin
        from unnest(@outboxIds, @outboxTypes, @outboxTopics, @outboxOwners, @outboxPayloads, @outboxTraces, @outboxActors, @outboxOrigins)
            with ordinality as row (id, type, topic, key, payload, trace_parent, actor, origin, nth)
        order by nth;
        """;

    /// <summary>What <see cref="Append"/> takes.</summary>
    public static object Columns(IReadOnlyList<OutboxRow> rows) => new
    {
        outboxKeys = rows.Select(row => row.Key.ToString()).Distinct().Order(StringComparer.Ordinal).ToArray(),
        outboxIds = rows.Select(row => row.Id).ToArray(),
        outboxTypes = rows.Select(row => row.Type).ToArray(),
        outboxTopics = rows.Select(row => row.Topic).ToArray(),
        outboxOwners = rows.Select(row => row.Key).ToArray(),
        outboxPayloads = rows.Select(row => row.Payload).ToArray(),
        outboxTraces = rows.Select(row => row.TraceParent).ToArray(),
        outboxActors = rows.Select(row => row.Cause.Actor).ToArray(),
        outboxOrigins = rows.Select(row => row.Cause.Origin).ToArray(),
    };
}
