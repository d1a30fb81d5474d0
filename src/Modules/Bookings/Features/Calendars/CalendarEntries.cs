using Portico.Platform.Data;

namespace Portico.Bookings.Features.Calendars;

/// <summary>
/// What is in a calendar: from 60 days back to 400 ahead, what was called off for 30 days longer, so that every program has
/// read that it was; never more than the 2,000 nearest.
/// </summary>
internal static class CalendarEntries
{
    public const int Most = 2000;
    private static readonly TimeSpan Back = TimeSpan.FromDays(60);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(400);
    private static readonly TimeSpan Gone = TimeSpan.FromDays(30);

    private const string BookingColumns =
        "id, space_id, desk_id, location_id, status, starts_at, ends_at, ended_at, expires_at, version, note, created_at";

    // The longest booking lasts 367 days: without that bound all of the past would be looked at. And with `exists` the trace of
    // all bookings would be read and hashed.
    private const string InReach =
        """
        bookings.starts_at > @from - interval '367 days' and bookings.starts_at < @until and bookings.ends_at > @from
        and (bookings.status not in ('expired', 'cancelled', 'payment_failed', 'no_show')
             or (select at from floor_changes where booking_id = bookings.id order by id desc limit 1) > @goneSince)
        """;

    private static readonly string Nearest = $"order by abs(extract(epoch from starts_at - @now)) limit {Most}";

    /// <summary>A member's own bookings.</summary>
    public static Task<IReadOnlyList<CalendarEntry>> OfMemberAsync(
        this Database<BookingsModule> database, Guid memberId, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.QueryAsync<CalendarEntry>(
            Shown($"select {BookingColumns} from bookings where member_id = @memberId and {InReach} {Nearest}"),
            Reach(new { memberId }, now), cancellationToken);

    /// <summary>
    /// Everything that takes time of a space: its own bookings, those of what it is part of or consists of, and blocks. Of a
    /// hot-desk area, those of its desks.
    /// </summary>
    public static Task<IReadOnlyList<CalendarEntry>> OfSpaceAsync(
        this Database<BookingsModule> database, Guid spaceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.QueryAsync<CalendarEntry>(
            $"""
            with own as (
                select unit_id from space_units where space_id = @spaceId or space_id in (select id from spaces where area_id = @spaceId)
            ), takers as (
                select space_units.space_id as id from own join space_units on space_units.unit_id = own.unit_id
            )
            {Shown(
                $"""
                select * from (
                    select {BookingColumns} from bookings where coalesce(desk_id, space_id) in (select id from takers) and {InReach}
                    union all
                    select id, space_id, null, location_id,
                           case when lifted_at <= starts_at then '{CalendarEntry.Lifted}' else '{CalendarEntry.Blocked}' end, starts_at, ends_at,
                           lifted_at, null, (select greatest(count(*) - 1, 0)::int from floor_changes where block_id = blocks.id), null, created_at
                    from blocks
                    where space_id in (
                            select id from takers
                            union all
                            select unit.area_id from own join spaces as unit on unit.id = own.unit_id where unit.area_id is not null)
                      and location_id = (select location_id from spaces where id = @spaceId)
                      and starts_at < @until and ends_at > @from and (lifted_at is null or lifted_at > starts_at or lifted_at > @goneSince)
                ) as taken
                {Nearest}
                """)}
            """, Reach(new { spaceId }, now), cancellationToken);

    /// <summary>One booking, whenever it is.</summary>
    public static async Task<CalendarEntry> OfBookingAsync(this Database<BookingsModule> database, Guid id, CancellationToken cancellationToken) =>
        (await database.FindAsync<CalendarEntry>(
            Shown($"select {BookingColumns} from bookings where id = @id"), new { id }, cancellationToken))!;

    // What is said about an entry is only looked up for those that are shown.
    private static string Shown(string entries) =>
        $"""
        select entry.id, entry.status, entry.starts_at, entry.ends_at, entry.ended_at, entry.expires_at, entry.version, entry.note,
               space.name as space_name, desk.name as desk_name, place.name as location_name, place.address, place.city, place.time_zone,
               coalesce(
                   (select at from floor_changes where booking_id = entry.id order by id desc limit 1),
                   (select at from floor_changes where block_id = entry.id order by id desc limit 1),
                   entry.created_at) as changed_at
        from ({entries}) as entry
        join spaces as space on space.id = entry.space_id
        left join spaces as desk on desk.id = entry.desk_id
        join locations as place on place.id = entry.location_id
        order by entry.starts_at, entry.id
        """;

    private static Dapper.DynamicParameters Reach(object of, DateTimeOffset now)
    {
        var parameters = new Dapper.DynamicParameters(of);
        parameters.AddDynamicParams(new { now, from = now - Back, until = now + Ahead, goneSince = now - Gone });
        return parameters;
    }
}
