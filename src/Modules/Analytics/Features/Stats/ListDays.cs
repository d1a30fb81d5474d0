using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Analytics.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Analytics.Features.Stats;

/// <summary>What transactions came to on one day in UTC, in one currency (ISO 4217). Days without any are not there.</summary>
public sealed record DayStats(DateOnly Day, string Currency, long Transactions, decimal Amount, decimal Paid, decimal Cancelled);

internal static class ListDays
{
    public static async Task<Results<Ok<IReadOnlyList<DayStats>>, CsvAnswer<DayStats>, ProblemHttpResult>> Handle(
        [StringLength(10)] string? from,
        [StringLength(10)] string? to,
        [RegularExpression("^[A-Z]{3}$")] string? currency,
        [FromQuery(Name = "location_id")] Guid? locationId,
        [AllowedValues(null, "json", "csv")] string? format,
        Database<AnalyticsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var (sight, period, refusal) = await Sight.ReadAsync(from, to, locationId, database, user, time, cancellationToken);
        if (sight is null || period is null)
        {
            return refusal!;
        }

        var rows = await database.QueryAsync<DayStats>(
            """
            select day, currency, sum(transactions)::bigint as transactions, sum(amount) as amount, sum(paid) as paid, sum(cancelled) as cancelled
            from days where subject = any(@Subjects) and day between @From and @To and (@currency::text is null or currency = @currency)
            group by day, currency order by day, currency
            """, new { sight.Subjects, period.From, period.To, currency }, cancellationToken);
        return format == "csv" ? Csv(rows) : TypedResults.Ok(rows);
    }

    private static CsvAnswer<DayStats> Csv(IReadOnlyList<DayStats> rows) => new(
        rows,
        "days.csv",
        new("day", row => row.Day.ToString("O")),
        new("currency", row => row.Currency),
        new("transactions", row => row.Transactions),
        new("amount", row => row.Amount),
        new("paid", row => row.Paid),
        new("cancelled", row => row.Cancelled));
}
