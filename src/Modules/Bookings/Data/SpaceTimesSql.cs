using Dapper;
using Portico.Bookings.Domain.Calendar;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Data;

/// <summary>Which spaces, and when.</summary>
/// <param name="Where">In terms of <c>space</c> and <c>place</c>.</param>
/// <param name="Window">The time that is looked at, of every space.</param>
internal sealed record SpacesAsked(string Where, Interval Window)
{
    /// <summary>The most that are wanted; null: all.</summary>
    public int? Limit { get; init; }

    /// <summary>The most that are answered, after those left out that are not free; null: all.</summary>
    public int? Most { get; init; }

    /// <summary>Whether those may be left out of which somebody has the time: all but areas, which have other desks.</summary>
    public bool FreeOnly { get; init; }

    /// <summary>A booking that would give its time back.</summary>
    public Guid? Except { get; init; }

    /// <summary>What <see cref="Where"/> takes.</summary>
    public object? Parameters { get; init; }
}

/// <summary>Spaces with all that decides whether they can be had, and who has their time, in one statement however many they are.</summary>
internal static class SpaceTimesSql
{
    /// <summary>How spaces come: by location and name.</summary>
    public const string SortKey = "lower(place.name), place.id, lower(space.name), space.id";

    private const string Asked =
        $"""
        asked as materialized (
            select space.id, space.kind, space.buffer_before_minutes as before, space.buffer_after_minutes as after,
                   row_number() over (order by {SortKey}) as nth
            from {BookableSpace.Tables}
        """;

    // What would do for a space: itself, or any desk of an area. And which units it takes, each with the buffers that a booking of the
    // space would have there; what a unit's are longer than the space's own is added to who has it, since the space's are the rules'.
    private const string Needed =
        """
        candidates as (
            select id as asked_id, id as space_id, before, after from asked where kind <> 'hot_desk_area'
            union all
            select asked.id, desk.id, asked.before, asked.after
            from asked join spaces as desk on desk.area_id = asked.id and desk.status = 'active'),
        needed as materialized (
            select candidates.asked_id, candidates.space_id, unit.id as unit_id, unit.status = 'active' as works,
                   make_interval(mins => greatest(unit.buffer_before_minutes - candidates.before, 0)) as more_before,
                   make_interval(mins => greatest(unit.buffer_after_minutes - candidates.after, 0)) as more_after,
                   tstzrange(@from::timestamptz - make_interval(mins => greatest(unit.buffer_before_minutes, candidates.before)),
                             @until::timestamptz + make_interval(mins => greatest(unit.buffer_after_minutes, candidates.after))) as span
            from candidates
            join space_units on space_units.space_id = candidates.space_id
            join spaces as unit on unit.id = space_units.unit_id),
        """;

    // Of many spaces all claims around the time are read at once, by the index on time alone: looking a thousand units up one by one
    // takes ten times as long. Materialized, so that no statistics of a table that has grown can make it anything else.
    private const string Around =
        """
        widest as (select make_interval(mins => coalesce(max(greatest(buffer_before_minutes, buffer_after_minutes)), 0)) as buffer from spaces),
        around as materialized (
            select unit_id, during, booking_id, block_id from claims
            where during && tstzrange(@from::timestamptz - (select buffer from widest), @until::timestamptz + (select buffer from widest))),
        """;

    private const string OfMany = "needed join around as claim on claim.unit_id = needed.unit_id and claim.during && needed.span";

    // Of a few, unit by unit: a window of months has the time of everybody else in it.
    private const string OfFew =
        """
        needed cross join lateral (
            select during, booking_id, block_id from claims where claims.unit_id = needed.unit_id and claims.during && needed.span offset 0) as claim
        """;

    // Whoever waits for a time that is free comes first: what they would be given is theirs already. Of an area the first desk.
    private const string InLine =
        """
        in_line as materialized (
            select entry.id, entry.starts_at, entry.ends_at, unit.id as unit_id, span.during
            from waiting_entries as entry
            join spaces as wanted on wanted.id = entry.space_id and wanted.status = 'active'
            cross join lateral (
                select desk.id from spaces as desk
                where (desk.id = wanted.id and wanted.kind <> 'hot_desk_area' or desk.area_id = wanted.id and desk.status = 'active')
                  and not exists (
                    select from space_units
                    join spaces as unit on unit.id = space_units.unit_id
                    join claims on claims.unit_id = unit.id and claims.during && tstzrange(
                        entry.starts_at - make_interval(mins => greatest(wanted.buffer_before_minutes, unit.buffer_before_minutes)),
                        entry.ends_at + make_interval(mins => greatest(wanted.buffer_after_minutes, unit.buffer_after_minutes)))
                    left join bookings on bookings.id = claims.booking_id
                    where space_units.space_id = desk.id and (bookings.expires_at is null or bookings.expires_at > @now))
                order by desk.name, desk.id
                limit 1) as chosen
            join space_units on space_units.space_id = chosen.id
            join spaces as unit on unit.id = space_units.unit_id
            cross join lateral (
                select tstzrange(
                    entry.starts_at - make_interval(mins => greatest(wanted.buffer_before_minutes, unit.buffer_before_minutes)),
                    entry.ends_at + make_interval(mins => greatest(wanted.buffer_after_minutes, unit.buffer_after_minutes))) as during) as span
            where entry.status = 'waiting' and entry.starts_at > @now and entry.member_id <> @caller
              and entry.starts_at < @until::timestamptz + interval '2 days' and entry.ends_at > @from::timestamptz - interval '2 days'),
        """;

    // A claim of a booking that ended early is cut: so is what is told of it. Bookings are looked up one by one, whatever the planner
    // thinks of a million of them.
    private static string Busy(string claims) =>
        $"""
        busy as (
            select asked_id,
                   json_agg(json_build_object(
                       'space_id', space_id, 'id', id, 'kind', kind, 'starts_at', starts_at, 'ends_at', ends_at,
                       'claimed_from', lower(during) - more_after, 'claimed_until', upper(during) + more_before, 'held_until', held_until))::text as list
            from (
                select needed.asked_id, needed.space_id, needed.more_before, needed.more_after, claim.during,
                       coalesce(claim.booking_id, claim.block_id) as id,
                       case when claim.block_id is not null then 'block' when booking.is_offer then 'line'
                            when booking.expires_at is not null then 'hold' else 'booking' end as kind,
                       coalesce(booking.starts_at, blocks.starts_at) as starts_at, coalesce(booking.ends_at, blocks.ends_at) as ends_at,
                       booking.expires_at as held_until
                from {claims}
                left join lateral (
                    select starts_at, least(ends_at, ended_at) as ends_at, expires_at,
                           status = 'held' and exists (select from waiting_entries where waiting_entries.booking_id = bookings.id) as is_offer
                    from bookings where bookings.id = claim.booking_id offset 0) as booking on true
                left join blocks on blocks.id = claim.block_id
                where (booking.expires_at is null or booking.expires_at > @now) and (claim.block_id is not null or claim.booking_id is distinct from @except::uuid)
                union all
                select needed.asked_id, needed.space_id, needed.more_before, needed.more_after, in_line.during, in_line.id, 'line',
                       in_line.starts_at, in_line.ends_at, null
                from needed join in_line on in_line.unit_id = needed.unit_id and in_line.during && needed.span) as taken
            group by asked_id),
        """;

    // Hours are told once per location, with the first of its spaces.
    private const string Answer =
        $"""
        service as (select asked_id, count(distinct space_id)::int as desks, bool_and(works) as works from needed group by asked_id)
        select {BookableSpace.OwnColumns}
               case when lag(place.id) over (order by asked.nth) is distinct from place.id then place.opening_hours::text else '' end as opening_hours,
               case when lag(place.id) over (order by asked.nth) is distinct from place.id then {BookableSpace.ExceptionsJson} else '' end as exceptions,
               place.retired_at is not null as location_retired,
               space.id as times_of, space.floor,
               (@isAdmin or exists (
                   select from location_staff
                   where location_staff.location_id = place.id and location_staff.account_id = @runner and location_staff.duty = 'manager')) as is_run,
               coalesce(service.desks, 0) as desks, coalesce(service.works, true) as works, busy.list as busy
        from asked
        join spaces as space on space.id = asked.id
        join locations as place on place.id = space.location_id
        left join service on service.asked_id = asked.id
        left join busy on busy.asked_id = asked.id
        """;

    /// <summary>The spaces, by location and name.</summary>
    /// <param name="many">Whether they may be many and the window is short.</param>
    public static async Task<IReadOnlyList<FoundSpace>> FindSpacesAsync(
        this Database<BookingsModule> database, SpacesAsked asked, bool many, CurrentUser user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters(asked.Parameters);
        parameters.AddDynamicParams(new
        {
            from = asked.Window.Start, until = asked.Window.End, asked.Except, now, caller = user.Id, isAdmin = user.IsAdmin,
            runner = LocationScope.RunnerOf(user),
        });
        var rows = await database.QueryPairsAsync<BookableSpace, SpaceTimes>(
            $"""
            with {Asked}
                where {asked.Where} order by nth {(asked is { Limit: { } limit, FreeOnly: false } ? $"limit {limit}" : "")}),
            {Needed}
            {(many ? Around : "")}
            {InLine}
            {Busy(many ? OfMany : OfFew)}
            {Answer}
            {(asked.FreeOnly ? "where busy.list is null or space.kind = 'hot_desk_area'" : "")}
            order by asked.nth {(asked.Most is { } most ? $"limit {most}" : "")}
            """, "times_of", parameters, cancellationToken);
        return Found(rows);
    }

    private static List<FoundSpace> Found(IReadOnlyList<(BookableSpace Space, SpaceTimes Times)> rows)
    {
        Dictionary<Guid, OpeningCalendar> calendars = [];
        List<FoundSpace> found = new(rows.Count);
        foreach (var (space, times) in rows)
        {
            if (!calendars.TryGetValue(space.LocationId, out var calendar))
            {
                calendars[space.LocationId] = calendar = space.Calendar;
            }

            found.Add(new(space, times, calendar));
        }

        return found;
    }
}
