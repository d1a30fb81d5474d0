using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Portico.Analytics.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Analytics.Features.Stats;

/// <summary>What was counted of transactions: everybody's, of one's locations, or one's own.</summary>
/// <param name="TotalTransactions">How many were made.</param>
/// <param name="TotalAmount">What these came to, in <paramref name="Currency"/> only.</param>
/// <param name="TotalPaidTransactions">How many were paid.</param>
/// <param name="EventsProcessed">Facts about transactions: made, paid, called off.</param>
/// <param name="UniqueUsers">Whose they were.</param>
/// <param name="LastEventTime">Of the newest of these facts.</param>
/// <param name="Amounts">By currency: currencies are never added up.</param>
public sealed record StatsResponse(
    long TotalTransactions, decimal TotalAmount, string Currency, long TotalPaidTransactions, long EventsProcessed, long UniqueUsers,
    DateTimeOffset? LastEventTime, IReadOnlyList<AmountStats> Amounts);

/// <summary>What transactions came to in one currency (ISO 4217).</summary>
/// <param name="Amount">Of those that were made.</param>
/// <param name="Paid">Of that was paid.</param>
/// <param name="Cancelled">Of that was called off.</param>
public sealed record AmountStats(string Currency, long Transactions, decimal Amount, decimal Paid, decimal Cancelled);

internal static class ShowStats
{
    public static async Task<Results<Ok<StatsResponse>, ProblemHttpResult>> Handle(
        [RegularExpression("^[A-Z]{3}$")] string? currency,
        [FromQuery(Name = "location_id")] Guid? locationId,
        Database<AnalyticsModule> database, CurrentUser user, IOptions<AnalyticsOptions> options, CancellationToken cancellationToken)
    {
        var (sight, refusal) = await Sight.ReadAsync(database, user, locationId, cancellationToken);
        if (sight is null)
        {
            return refusal!;
        }

        // In one statement, so that counts and amounts are of the same facts.
        var rows = await database.QueryPairsAsync<Counts, AmountStats>(
            """
            select counted.*, moved.* from (
                select coalesce(sum(transactions), 0)::bigint as transactions, coalesce(sum(paid_transactions), 0)::bigint as paid_transactions,
                       coalesce(sum(events), 0)::bigint as events,
                       -- Who books at two of these locations is one person.
                       case when cardinality(@Subjects) = 1 then coalesce(sum(users), 0)::bigint
                            else (select count(distinct member_id) from users where subject = any(@Subjects)) end as users,
                       max(last_event_at) as last_event_at
                from counts where subject = any(@Subjects)
            ) as counted
            left join (
                select currency, sum(transactions)::bigint as transactions, sum(amount) as amount, sum(paid) as paid, sum(cancelled) as cancelled
                from days where subject = any(@Subjects) group by currency
            ) as moved on true
            order by currency
            """, "currency", sight, cancellationToken);
        var (counts, shown) = (rows[0].First, currency ?? options.Value.Currency);
        IReadOnlyList<AmountStats> amounts = [.. rows.Select(row => row.Second).OfType<AmountStats>()];
        return TypedResults.Ok(new StatsResponse(
            counts.Transactions, amounts.FirstOrDefault(one => one.Currency == shown)?.Amount ?? 0, shown, counts.PaidTransactions, counts.Events, counts.Users,
            counts.LastEventAt, amounts));
    }

    private sealed record Counts(long Transactions, long PaidTransactions, long Events, long Users, DateTimeOffset? LastEventAt);
}
