using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Analytics.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Analytics.Features.Dashboards;

/// <summary>The bookings that begin on one day of their location's calendar. Days without any are not there.</summary>
/// <param name="TookPlace">Confirmed, checked in or completed.</param>
/// <param name="Open">Held, or waiting for approval or payment.</param>
/// <param name="Lapsed">Not confirmed or not paid in time.</param>
/// <param name="BookedHours">Of those that took place, until they were left.</param>
public sealed record BookingDay(DateOnly Day, long Bookings, long TookPlace, long Open, long Cancelled, long NoShows, long Lapsed, decimal BookedHours);

internal static class ListBookingDays
{
    public static async Task<Results<Ok<IReadOnlyList<BookingDay>>, CsvAnswer<BookingDay>, ProblemHttpResult>> Handle(
        [StringLength(10)] string? from,
        [StringLength(10)] string? to,
        [FromQuery(Name = "location_id")] Guid? locationId,
        [AllowedValues(null, "json", "csv")] string? format,
        Database<AnalyticsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var (sight, period, refusal) = await Sight.ReadAsync(from, to, locationId, database, user, time, cancellationToken);
        if (sight is null || period is null)
        {
            return refusal!;
        }

        var rows = await database.QueryAsync<BookingDay>(
            $"""
            select day, count(*) as bookings, count(*) filter (where took_place) as took_place,
                   count(*) filter (where status in ('held', 'pending_approval', 'awaiting_payment')) as open,
                   count(*) filter (where status = 'cancelled') as cancelled, count(*) filter (where status = 'no_show') as no_shows,
                   count(*) filter (where status in ('expired', 'payment_failed')) as lapsed,
                   round(coalesce(sum({BookingSql.Hours}) filter (where took_place), 0), 2) as booked_hours
            from bookings where day between @from and @to and {Sight.Sql}
            group by day order by day
            """, sight.In(period), cancellationToken);
        return format == "csv" ? Csv(rows) : TypedResults.Ok(rows);
    }

    private static CsvAnswer<BookingDay> Csv(IReadOnlyList<BookingDay> rows) => new(
        rows,
        "bookings.csv",
        new("day", row => row.Day.ToString("O")),
        new("bookings", row => row.Bookings),
        new("took_place", row => row.TookPlace),
        new("open", row => row.Open),
        new("cancelled", row => row.Cancelled),
        new("no_shows", row => row.NoShows),
        new("lapsed", row => row.Lapsed),
        new("booked_hours", row => row.BookedHours));
}
