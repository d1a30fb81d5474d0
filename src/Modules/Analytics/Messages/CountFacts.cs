using Portico.Analytics.Data;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Analytics.Messages;

/// <summary>Keeps what statistics rest on and counts it, in one transaction.</summary>
internal sealed class CountFacts(AnalyticsMeter meter, TimeProvider time) : IHandleStream
{
    private static readonly HashSet<string> Counted =
    [
        "transaction.created", "transaction.paid", "transaction.cancelled", "payment.succeeded", "payment.refunded",
        "booking.held", "booking.awaits_approval", "booking.awaits_payment", "booking.confirmed", "booking.changed", "booking.cancelled", "booking.expired",
        "booking.payment_failed", "booking.checked_in", "booking.completed", "booking.no_show",
        "location.changed", "location.staff_changed", "location.staff_listed", "member.checked_in",
    ];

    public async Task HandleAsync(IReadOnlyList<EventEnvelope> facts, Change change, CancellationToken cancellationToken)
    {
        var counted = facts.Where(fact => Counted.Contains(fact.Type)).ToList();
        if (counted.Count == 0)
        {
            return;
        }

        await change.ExecuteAsync(Counting.Lock, null, cancellationToken);
        // What people wrote about themselves and others counts nothing, and is not kept. The inbox is emptied of what is old: a fact
        // that comes once more after that is known by its id here.
        var kept = (await change.QueryAsync<Kept>(
            """
            insert into facts (id, type, topic, key, payload, occurred_at)
            select id, type, topic, key, payload::jsonb - 'description' - 'reason', occurred_at
            from unnest(@ids, @types, @topics, @keys, @payloads, @instants) with ordinality as fact (id, type, topic, key, payload, occurred_at, nth)
            order by nth
            on conflict (id) do nothing
            returning position, topic
            """,
            new
            {
                ids = counted.Select(fact => fact.Id).ToArray(),
                types = counted.Select(fact => fact.Type).ToArray(),
                topics = counted.Select(fact => fact.Topic).ToArray(),
                keys = counted.Select(fact => fact.Key).ToArray(),
                payloads = counted.Select(fact => fact.Payload).ToArray(),
                instants = counted.Select(fact => fact.OccurredAt.UtcDateTime).ToArray(),
            }, cancellationToken));
        if (kept.Count == 0)
        {
            return;
        }

        await change.CountAsync(kept[0].Position, kept[^1].Position, [.. kept.Select(fact => fact.Topic).Distinct()], cancellationToken);
        var newest = counted.Max(fact => fact.OccurredAt);
        change.AfterCommit(() => meter.Applied(kept.Count, time.GetUtcNow() - newest));
    }

    private sealed record Kept(long Position, string Topic);
}
