using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Analytics.Features.Stats;

/// <summary>What was counted of one member's transactions; the amounts are in <paramref name="Currency"/> only.</summary>
public sealed record MemberStats(
    Guid MemberId, long Transactions, long PaidTransactions, long Events, DateTimeOffset LastEventTime, string Currency, decimal Amount, decimal Paid, decimal Cancelled);

/// <summary>By id. Names are in Members' directory: here nothing is kept of people but what they did.</summary>
internal static class ListMembers
{
    public static async Task<Results<Ok<Page<MemberStats>>, CsvAnswer<MemberStats>, ProblemHttpResult>> Handle(
        [RegularExpression("^[A-Z]{3}$")] string? currency,
        [AllowedValues(null, "json", "csv")] string? format,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<AnalyticsModule> database, IOptions<AnalyticsOptions> options, CancellationToken cancellationToken)
    {
        if (!Paging.TryDecodeId(after, out var last))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var (size, shown) = (limit ?? Paging.DefaultLimit, currency ?? options.Value.Currency);
        var rows = await database.QueryAsync<MemberStats>(
            """
            select subject as member_id, counts.transactions, paid_transactions, events, last_event_at as last_event_time, @shown as currency,
                   moved.amount, moved.paid, moved.cancelled
            from counts cross join lateral (
                select coalesce(sum(amount), 0) as amount, coalesce(sum(paid), 0) as paid, coalesce(sum(cancelled), 0) as cancelled
                from days where days.subject = counts.subject and currency = @shown) as moved
            where kind = 'member' and (@last::uuid is null or subject > @last)
            order by subject limit @size + 1
            """, new { shown, last, size }, cancellationToken);
        var page = Paging.Cut(rows, size, row => row.MemberId.ToString());
        return format == "csv" ? Csv(page.Items) : TypedResults.Ok(page);
    }

    private static CsvAnswer<MemberStats> Csv(IReadOnlyList<MemberStats> rows) => new(
        rows,
        "members.csv",
        new("member_id", row => row.MemberId),
        new("transactions", row => row.Transactions),
        new("paid_transactions", row => row.PaidTransactions),
        new("events", row => row.Events),
        new("last_event_time", row => row.LastEventTime),
        new("currency", row => row.Currency),
        new("amount", row => row.Amount),
        new("paid", row => row.Paid),
        new("cancelled", row => row.Cancelled));
}
