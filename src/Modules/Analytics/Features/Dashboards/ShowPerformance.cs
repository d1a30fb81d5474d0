using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Analytics.Data;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Analytics.Features.Dashboards;

/// <summary>How well the locations do in some days.</summary>
/// <param name="Stood">Bookings that were confirmed at some time.</param>
/// <param name="CancellationRate">How many of these were called off; null when there are none.</param>
/// <param name="NoShowRate">To how many of these nobody came; null when there are none.</param>
/// <param name="Hours">Occupancy by hour of the day: the peaks.</param>
/// <param name="Spaces">The ten that were booked most often.</param>
/// <param name="Retention">Of every month that has days in the period.</param>
public sealed record PerformanceResponse(
    DateOnly From, DateOnly To, long Stood, decimal? CancellationRate, decimal? NoShowRate, Occupancy Occupancy, IReadOnlyList<HourStats> Hours,
    IReadOnlyList<PopularSpace> Spaces, IReadOnlyList<MonthStats> Retention);

/// <summary>Of the time in which spaces could be used.</summary>
/// <param name="Rate">Booked hours divided by open hours; null where nothing was open.</param>
public sealed record Occupancy(decimal BookedHours, decimal OpenHours, decimal? Rate);

/// <summary>The same of one hour of the day.</summary>
public sealed record HourStats(int Hour, decimal BookedMinutes, decimal OpenMinutes, decimal? Rate);

/// <summary>How often a space was booked: bookings that took place.</summary>
public sealed record PopularSpace(Guid SpaceId, string Name, Guid LocationId, long Bookings, decimal BookedHours);

/// <summary>Who was there in a month, by a booking that took place or a visit.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="CameAgain">Of these were there in the month after it too, whether that has ended or not.</param>
public sealed record MonthStats(DateOnly Month, long Members, long CameAgain, decimal? Rate);

internal static class ShowPerformance
{
    public static async Task<Results<Ok<PerformanceResponse>, ProblemHttpResult>> Handle(
        [StringLength(10)] string? from,
        [StringLength(10)] string? to,
        [FromQuery(Name = "location_id")] Guid? locationId,
        Database<AnalyticsModule> database, IOccupancy occupancy, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var (sight, period, refusal) = await Sight.ReadAsync(from, to, locationId, database, user, time, cancellationToken);
        if (sight is null || period is null)
        {
            return refusal!;
        }

        if (await occupancy.ReadAsync(period.From, period.To, sight.Locations, cancellationToken) is not { } use)
        {
            return Problems.Unprocessable("report-too-large", "That is too much to be counted at once: ask for fewer days, or for one location.");
        }

        return TypedResults.Ok(await database.QueryBatchAsync(
            Sql, sight.In(period),
            async read =>
            {
                var ended = await read.ReadSingleAsync<Ended>();
                IReadOnlyList<PopularSpace> spaces = [.. await read.ReadAsync<PopularSpace>()];
                var months = await read.ReadAsync<Month>();
                return new PerformanceResponse(
                    period.From, period.To, ended.Stood, Rate(ended.Cancelled, ended.Stood), Rate(ended.NoShows, ended.Stood),
                    new(use.BookedHours, use.OpenHours, Rate(use.BookedHours, use.OpenHours)),
                    [.. use.Hours.Select(hour => new HourStats(hour.Hour, hour.BookedMinutes, hour.OpenMinutes, Rate(hour.BookedMinutes, hour.OpenMinutes)))],
                    spaces, [.. months.Select(month => new MonthStats(month.First, month.Members, month.CameAgain, Rate(month.CameAgain, month.Members)))]);
            }, cancellationToken));
    }

    private const string Sql =
        $"""
        select count(*) filter (where stood) as stood, count(*) filter (where stood and status = 'cancelled') as cancelled,
               count(*) filter (where status = 'no_show') as no_shows
        from bookings where day between @from and @to and {Sight.Sql};

        select space_id, max(space_name) as name, location_id, count(*) as bookings, round(sum({BookingSql.Hours}), 2) as booked_hours
        from bookings where day between @from and @to and took_place and {Sight.Sql}
        group by space_id, location_id order by bookings desc, booked_hours desc, space_id limit 10;

        with period as (
            select date_trunc('month', @from::date)::date as since, (date_trunc('month', @to::date) + interval '2 months')::date as until
        ), present as (
            select date_trunc('month', day)::date as month, member_id from bookings, period
            where day >= since and day < until and took_place and {Sight.Sql}
            union
            select date_trunc('month', timezone(coalesce(time_zone, 'UTC'), at))::date, member_id
            from visits left join locations on locations.id = location_id, period
            where at >= since - 2 and at < until + 2 and {Sight.Sql}
        )
        select present.month as first, count(*) as members, count(again.member_id) as came_again
        from present left join present as again on again.member_id = present.member_id and again.month = (present.month + interval '1 month')::date, period
        where present.month >= since and present.month < (until - interval '1 month')::date
        group by present.month order by present.month
        """;

    private static decimal? Rate(decimal part, decimal whole) => whole == 0 ? null : decimal.Round(part / whole, 4);

    private sealed record Ended(long Stood, long Cancelled, long NoShows);

    private sealed record Month(DateOnly First, long Members, long CameAgain);
}
