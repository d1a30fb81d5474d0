using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Analytics.Data;

/// <summary>A fact that was not kept before.</summary>
internal sealed record KeptFact(long Position, string Topic);

/// <summary>The facts that statistics rest on.</summary>
internal static class KeptFacts
{
    public static readonly string[] Topics = ["transactions", "bookings", "members"];

    private static readonly HashSet<string> Counted =
    [
        "transaction.created", "transaction.paid", "transaction.cancelled", "payment.succeeded", "payment.reversed",
        "booking.held", "booking.awaits_approval", "booking.awaits_payment", "booking.confirmed", "booking.changed", "booking.cancelled", "booking.expired",
        "booking.payment_failed", "booking.checked_in", "booking.completed", "booking.no_show",
        "location.changed", "location.staff_changed", "location.staff_listed", "member.checked_in",
    ];

    public static bool AreCounted(EventEnvelope fact) => Counted.Contains(fact.Type);

    /// <summary>
    /// Keeps those that count for something and are not kept yet, under <see cref="Counting.Lock"/>. What people wrote about themselves
    /// and others counts nothing, and is left out. The inbox is emptied of what is old: a fact that comes once more after that is known
    /// by its id here.
    /// </summary>
    public static Task<IReadOnlyList<KeptFact>> KeepAsync(this Change change, IReadOnlyList<EventEnvelope> facts, CancellationToken cancellationToken)
    {
        var counted = facts.Where(AreCounted).ToList();
        return change.QueryAsync<KeptFact>(
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
            }, cancellationToken);
    }
}
