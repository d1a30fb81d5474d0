namespace Portico.Bookings.Features.Reports;

/// <summary>
/// What figures are measured by, each said once. They take the parameters of <see cref="ReportScope.Parameters"/>.
/// </summary>
internal static class ReportSql
{
    /// <summary>
    /// The bookings of a report: those that begin in its days. Except for the use of time, every figure is about these.
    /// <list type="bullet">
    /// <item><c>status</c>: what lapsed unnoticed counts as expired.</item>
    /// <item><c>took_place</c>: confirmed, checked in or completed.</item>
    /// <item><c>seconds</c>: how long it is, if it takes place: until it was left, when that was before its end.</item>
    /// <item><c>due</c>: its price if it takes place or nobody came, and what was kept of it if it was called off; null of any other.</item>
    /// </list>
    /// </summary>
    private const string Counted =
        $"""
        select booking.*, case when took_place or status = 'no_show' then total when status = 'cancelled' then kept end as due
        from (
            select bookings.id, bookings.member_id, bookings.currency, bookings.total, bookings.paid, bookings.kept,
                   case when bookings.expires_at <= @now then 'expired' else bookings.status end as status,
                   {TookPlace} as took_place,
                   case when {TookPlace} then extract(epoch from {UsedUntil} - bookings.starts_at) else 0 end as seconds,
                   greatest(extract(epoch from bookings.starts_at - bookings.created_at), 0) as lead
            from unnest(@locations, @since, @until) as period (location_id, since, until)
            join bookings on bookings.location_id = period.location_id and bookings.starts_at >= period.since and bookings.starts_at < period.until
        ) as booking
        """;

    private const string TookPlace = "bookings.status in ('confirmed', 'checked_in', 'completed')";

    // Whoever leaves before it begins does not use it at all.
    private const string UsedUntil =
        """
        case when bookings.status = 'completed' then greatest(least(bookings.ended_at, bookings.ends_at), bookings.starts_at)
             else bookings.ends_at end
        """;

    /// <summary>
    /// How many bookings there are of each status, how many of them were confirmed at some time (those that took place, that
    /// nobody came to, or that were called off after they were confirmed), and how long before their beginning the
    /// latter were made. The row without a status is about all of them.
    /// </summary>
    public const string Statuses =
        $"""
        with counted as ({Counted}), judged as (
            -- With `exists` the trace of all bookings would be read and hashed.
            select *, took_place or status = 'no_show' or status = 'cancelled' and coalesce((
                select true from floor_changes where booking_id = counted.id and to_status = 'confirmed' limit 1), false) as stood
            from counted)
        select status, count(*) as bookings, count(*) filter (where stood) as stood,
               coalesce(round((percentile_cont(0.5) within group (order by lead) filter (where stood) / 3600)::numeric, 2), 0) as median_hours,
               coalesce(round((percentile_cont(0.9) within group (order by lead) filter (where stood) / 3600)::numeric, 2), 0) as p90_hours
        from judged
        group by grouping sets ((status), ())
        """;

    /// <summary>Money, never of two currencies together. <c>expected = paid + owed - to_return</c>.</summary>
    public const string Money =
        $"""
        select currency,
               trim_scale(sum(due)) as expected,
               trim_scale(coalesce(sum(due) filter (where took_place), 0)) as booked,
               trim_scale(coalesce(sum(due) filter (where status = 'cancelled'), 0)) as kept_of_cancelled,
               trim_scale(coalesce(sum(due) filter (where status = 'no_show'), 0)) as kept_of_no_shows,
               trim_scale(sum(paid)) as paid,
               trim_scale(sum(greatest(due - paid, 0))) as owed,
               trim_scale(sum(greatest(paid - due, 0))) as to_return
        from ({Counted}) as counted
        where due is not null
        group by currency
        order by currency
        """;

    /// <summary>Who booked how much, in each currency; whoever has most hours first.</summary>
    public const string Members =
        $"""
        select people.id, coalesce(nullif(concat_ws(' ', people.name, people.surname), ''), people.username) as name, counted.currency,
               count(*) filter (where took_place) as bookings,
               round(sum(seconds) / 3600, 2) as hours,
               trim_scale(sum(due)) as expected, trim_scale(sum(paid)) as paid, trim_scale(sum(greatest(due - paid, 0))) as owed,
               count(*) filter (where counted.status = 'cancelled') as cancelled, count(*) filter (where counted.status = 'no_show') as no_shows
        from ({Counted}) as counted join people on people.id = counted.member_id
        where due is not null
        group by people.id, counted.currency
        order by hours desc, name, people.id, counted.currency
        """;

    /// <summary>
    /// Of each space, in each hour of the day, how long it was open and how much of that it was booked; and all the time it was
    /// booked, also while the location was closed. Time in the days of the report counts, whenever its booking began; a booking
    /// of a whole uses its parts, one of a hot-desk area the desk that was given; buffers are no use. A space is open when its location is, as the
    /// opening hours are now, from the day it was made until it was retired.
    /// </summary>
    public const string Use =
        $"""
        with period as (
            select * from unnest(@locations, @since, @until) as period (location_id, since, until)
        ), slice as (
            select location_id, hour, range_agg(tstzrange(since, until)) as open, range_merge(range_agg(tstzrange(since, until))) as hull,
                   sum(extract(epoch from until - since)) as seconds
            from unnest(@sliceLocations, @sliceHours, @sliceStarts, @sliceEnds) as slice (location_id, hour, since, until)
            group by location_id, hour
        ), unit as (
            select space.id, space.location_id, space.kind, space.name, space.area_id,
                   tstzrange(space.created_at, greatest(coalesce(least(space.retired_at, place.retired_at), 'infinity'), space.created_at)) as lifetime,
                   exists (select from space_parts where space_id = space.id) as is_whole
            from period
            join locations as place on place.id = period.location_id
            join spaces as space on space.location_id = place.id
            where space.kind <> 'hot_desk_area'
        ), used as (
            select unit.id, range_agg(tstzrange(bookings.starts_at, {UsedUntil}) * tstzrange(period.since, period.until)) as during,
                   count(*) as bookings
            from period
            join unit on unit.location_id = period.location_id
            join claims on claims.unit_id = unit.id and claims.during && tstzrange(period.since, period.until)
            join bookings on bookings.id = claims.booking_id and {TookPlace}
            where tstzrange(bookings.starts_at, {UsedUntil}) && tstzrange(period.since, period.until)
            group by unit.id
        ), total as (
            select used.*, (select sum(extract(epoch from upper(part) - lower(part))) from unnest(used.during) as part) as seconds from used
        )
        select unit.id, unit.location_id, unit.kind, unit.name, unit.area_id, unit.is_whole, slice.hour,
               coalesce(total.bookings, 0) as bookings, coalesce(total.seconds, 0) as used_seconds,
               case when unit.lifetime @> slice.hull then slice.seconds
                    else coalesce((select sum(extract(epoch from upper(part) - lower(part))) from unnest(its.open) as part), 0) end as open_seconds,
               coalesce((select sum(extract(epoch from upper(part) - lower(part))) from unnest(its.open * total.during) as part), 0) as booked_seconds
        from unit
        left join slice on slice.location_id = unit.location_id
        left join total on total.id = unit.id
        cross join lateral (select case when unit.lifetime @> slice.hull then slice.open else slice.open * tstzmultirange(unit.lifetime) end as open) as its
        """;
}
