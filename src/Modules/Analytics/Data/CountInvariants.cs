using Portico.Platform.Data;

namespace Portico.Analytics.Data;

/// <summary>What is true of everything that is counted.</summary>
internal static class CountInvariants
{
    public static readonly IReadOnlyList<Invariant> All =
    [
        new(
            "how often is the sum of the facts",
            """
            select format('%s has %s transactions, %s paid, in %s facts; the facts say %s, %s, %s', subject,
                          counts.transactions, counts.paid_transactions, counts.events, moved.transactions, moved.paid_transactions, moved.events)
            from counts full join (
                select subject, sum(transactions) as transactions, sum(paid_transactions) as paid_transactions, sum(events) as events
                from moves where currency is null group by subject) as moved using (subject)
            where (counts.transactions, counts.paid_transactions, counts.events)
                is distinct from (moved.transactions::bigint, moved.paid_transactions::bigint, moved.events::bigint)
            """),
        new(
            "how much is the sum of the facts",
            """
            select format('%s has %s %s on %s, paid %s, called off %s; the facts say %s, %s, %s', subject, days.amount, currency, day, days.paid, days.cancelled,
                          moved.amount, moved.paid, moved.cancelled)
            from days full join (
                select subject, currency, day, sum(amount) as amount, sum(paid) as paid, sum(cancelled) as cancelled
                from moves where currency is not null group by subject, currency, day) as moved using (subject, currency, day)
            where (days.amount, days.paid, days.cancelled) is distinct from (moved.amount, moved.paid, moved.cancelled)
            """),
    ];
}
