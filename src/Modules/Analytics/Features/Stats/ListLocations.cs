using System.ComponentModel.DataAnnotations;
using Portico.Analytics.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Analytics.Features.Stats;

/// <summary>What was counted of one location's bookings that begin in some days, in one currency.</summary>
/// <param name="Currency">Null where there were no bookings.</param>
/// <param name="Bookings">All that were asked for, whatever became of them.</param>
/// <param name="TookPlace">Confirmed, checked in or completed.</param>
/// <param name="Expected">What they bring: prices, and what was kept of the cancelled.</param>
/// <param name="Paid">What was paid for them.</param>
/// <param name="Refunded">What of that went back to members or was taken by their banks.</param>
public sealed record LocationStats(
    Guid LocationId, string Name, string? Currency, long Bookings, long TookPlace, decimal Expected, decimal Paid, decimal Refunded);

internal static class ListLocations
{
    public static async Task<Results<Ok<IReadOnlyList<LocationStats>>, CsvAnswer<LocationStats>, ProblemHttpResult>> Handle(
        [StringLength(10)] string? from,
        [StringLength(10)] string? to,
        [AllowedValues(null, "json", "csv")] string? format,
        Database<AnalyticsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var (sight, period, refusal) = await Sight.ReadAsync(from, to, null, database, user, time, cancellationToken);
        if (sight is null || period is null)
        {
            return refusal!;
        }

        var rows = await database.QueryAsync<LocationStats>(
            """
            select locations.id as location_id, locations.name, used.currency, coalesce(used.bookings, 0) as bookings, coalesce(used.took_place, 0) as took_place,
                   coalesce(used.expected, 0) as expected, coalesce(used.paid, 0) as paid, coalesce(used.refunded, 0) as refunded
            from locations left join (
                select location_id, bookings.currency, count(*) as bookings, count(*) filter (where took_place) as took_place, sum(due) as expected,
                       coalesce(sum(money.paid), 0) as paid, coalesce(sum(money.refunded), 0) as refunded
                from bookings left join booking_money as money on money.booking_id = bookings.id and money.currency = bookings.currency
                where day between @From and @To
                group by location_id, bookings.currency
            ) as used on used.location_id = locations.id
            where @Locations::uuid[] is null or locations.id = any(@Locations)
            order by lower(locations.name), locations.id, used.currency
            """, new { sight.Locations, period.From, period.To }, cancellationToken);
        return format == "csv" ? Csv(rows) : TypedResults.Ok(rows);
    }

    private static CsvAnswer<LocationStats> Csv(IReadOnlyList<LocationStats> rows) => new(
        rows,
        "locations.csv",
        new("location_id", row => row.LocationId),
        new("location", row => row.Name),
        new("currency", row => row.Currency),
        new("bookings", row => row.Bookings),
        new("took_place", row => row.TookPlace),
        new("expected", row => row.Expected),
        new("paid", row => row.Paid),
        new("refunded", row => row.Refunded));
}
