using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Analytics.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Analytics.Features.Dashboards;

/// <summary>What went on in some days: the bookings that begin in them, by the calendars of their locations.</summary>
/// <param name="TookPlace">Confirmed, checked in or completed.</param>
/// <param name="BookedHours">Of those, until they were left.</param>
/// <param name="Members">Who booked these or came in.</param>
/// <param name="Visits">How often members came in.</param>
/// <param name="Revenue">By currency: currencies are never added up.</param>
public sealed record OverviewResponse(
    DateOnly From, DateOnly To, long Bookings, long TookPlace, decimal BookedHours, long Members, long Visits, IReadOnlyList<StatusStats> ByStatus,
    IReadOnlyList<RevenueStats> Revenue);

/// <summary>How many bookings stand like this now.</summary>
public sealed record StatusStats(string Status, long Bookings);

/// <summary>Money of the bookings in one currency (ISO 4217).</summary>
/// <param name="Expected">What they bring: prices, and what was kept of the cancelled.</param>
/// <param name="Paid">What was paid for them.</param>
/// <param name="Refunded">What of that went back to members or was taken by their banks.</param>
public sealed record RevenueStats(string Currency, decimal Expected, decimal Paid, decimal Refunded);

internal static class ShowOverview
{
    // The day of a visit is that of the location's calendar, and UTC's while nobody has told the location.
    private const string Visits =
        $"""
        select member_id from visits left join locations on locations.id = location_id
        where at >= @from::date - 2 and at < @to::date + 3 and timezone(coalesce(time_zone, 'UTC'), at)::date between @from and @to and {Sight.Sql}
        """;

    public static async Task<Results<Ok<OverviewResponse>, ProblemHttpResult>> Handle(
        [StringLength(10)] string? from,
        [StringLength(10)] string? to,
        [FromQuery(Name = "location_id")] Guid? locationId,
        Database<AnalyticsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var (sight, period, refusal) = await Sight.ReadAsync(from, to, locationId, database, user, time, cancellationToken);
        if (sight is null || period is null)
        {
            return refusal!;
        }

        return TypedResults.Ok(await database.QueryBatchAsync(
            $"""
            select status, count(*) as bookings from bookings where day between @from and @to and {Sight.Sql} group by status order by status;

            select bookings.currency, sum(due) as expected, coalesce(sum(money.paid), 0) as paid, coalesce(sum(money.refunded), 0) as refunded
            from bookings left join booking_money as money on money.booking_id = bookings.id and money.currency = bookings.currency
            where day between @from and @to and {Sight.Sql} group by bookings.currency order by bookings.currency;

            with came as ({Visits}), booked as (
                select member_id, {BookingSql.Hours} as hours from bookings where day between @from and @to and took_place and {Sight.Sql})
            select (select count(*) from booked) as took_place, (select round(coalesce(sum(hours), 0), 2) from booked) as hours,
                   (select count(*) from (select member_id from booked union select member_id from came) as seen) as members,
                   (select count(*) from came) as visits
            """, sight.In(period),
            async read =>
            {
                IReadOnlyList<StatusStats> statuses = [.. await read.ReadAsync<StatusStats>()];
                IReadOnlyList<RevenueStats> revenue = [.. await read.ReadAsync<RevenueStats>()];
                var seen = await read.ReadSingleAsync<Seen>();
                return new OverviewResponse(
                    period.From, period.To, statuses.Sum(one => one.Bookings), seen.TookPlace, seen.Hours, seen.Members, seen.Visits, statuses, revenue);
            }, cancellationToken));
    }

    private sealed record Seen(long TookPlace, decimal Hours, long Members, long Visits);
}
