using Dapper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Portico.Bookings.Data;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Spaces;
using Portico.Bookings.Features.Locations;
using Portico.Bookings.Features.Spaces;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Live;

/// <summary>A location's floor at a moment.</summary>
/// <param name="Seq">The last change that is in it: what follows is told by the live stream <c>?after=</c> it.</param>
public sealed record FloorResponse(Guid LocationId, DateTimeOffset At, long Seq, IReadOnlyList<FloorSpace> Spaces);

/// <summary>What of a space is so now. A hall of which a part is taken is not free.</summary>
/// <param name="AreaId">The hot-desk area of which it is one of the desks.</param>
/// <param name="TakenUntil">When it can be had again, cleared up; null while it is free.</param>
/// <param name="HeldUntil">When it comes free by itself; null when it does not.</param>
/// <param name="FreeDesks">Of a hot-desk area, which is free while any of its desks is.</param>
/// <param name="BookingId">Of one's own booking, and for staff.</param>
public sealed record FloorSpace(
    Guid Id, SpaceKind Kind, Guid? AreaId, string Name, string? Floor, PlanPosition? Plan, FloorState State, DateTimeOffset? TakenUntil,
    DateTimeOffset? HeldUntil, int? FreeDesks, Guid? BookingId);

internal static class ShowFloor
{
    // The number comes first: what is numbered has been committed, and what is committed meanwhile is told again by the stream.
    private const string Statements =
        """
        select coalesce(max(seq), 0) from floor_changes;
        select space.id, space.kind, space.area_id, space.name, space.floor, trim_scale(space.plan_x) as plan_x, trim_scale(space.plan_y) as plan_y,
               coalesce(taken.state, 'free') as state, taken.taken_until, taken.held_until,
               case when @runs or taken.member_id = @me then taken.booking_id end as booking_id
        from spaces as space
        left join lateral (
            select case when claims.block_id is not null then 'blocked' when bookings.status = 'checked_in' then 'occupied'
                        when bookings.expires_at is null then 'booked' else 'held' end as state,
                   upper(claims.during) as taken_until, bookings.expires_at as held_until, bookings.member_id, bookings.id as booking_id
            from space_units
            join claims on claims.unit_id = space_units.unit_id and claims.during && tstzrange(@now, @now + @CheckInEarly, '[]')
            left join bookings on bookings.id = claims.booking_id
            where space_units.space_id = space.id and (bookings.expires_at is null or bookings.expires_at > @now)
              -- Who came early is there before their time begins.
              and (claims.during @> @now or bookings.status = 'checked_in')
            order by bookings.status is not distinct from 'checked_in' desc, upper(claims.during) desc
            limit 1) as taken on true
        where space.location_id = @locationId and space.status <> 'retired'
        order by lower(space.name), space.id
        """;

    public static async Task<Results<Ok<FloorResponse>, ProblemHttpResult>> Handle(
        [FromQuery(Name = "location_id")] Guid locationId, Database<BookingsModule> database, IOptions<BookingsOptions> options, CurrentUser user,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FloorSight.OfAsync([locationId], user, database, cancellationToken) is null)
        {
            return LocationProblems.NotFound();
        }

        var now = time.GetStoredNow();
        var runs = await database.RunsAsync(user, locationId, cancellationToken);
        var (seq, rows) = await database.QueryBatchAsync(
            Statements, new { locationId, now, options.Value.CheckInEarly, runs, me = user.Id },
            async answers => (await answers.ReadSingleAsync<long>(), (await answers.ReadAsync<Row>()).AsList()), cancellationToken);
        var freeDesks = rows.Where(row => row is { AreaId: not null, State: "free" }).CountBy(row => row.AreaId!.Value).ToDictionary();
        return TypedResults.Ok(new FloorResponse(
            locationId, now, seq, [.. rows.Select(row => row.IsArea ? row.ToSpace(freeDesks.GetValueOrDefault(row.Id)) : row.ToSpace(null))]));
    }

    private sealed record Row(
        Guid Id, string Kind, Guid? AreaId, string Name, string? Floor, decimal? PlanX, decimal? PlanY, string State, DateTimeOffset? TakenUntil,
        DateTimeOffset? HeldUntil, Guid? BookingId)
    {
        public bool IsArea => Kind == SpaceKind.HotDeskArea.Word();

        public FloorSpace ToSpace(int? freeDesks) => new(
            Id, Words.Read<SpaceKind>(Kind), AreaId, Name, Floor, this is { PlanX: { } x, PlanY: { } y } ? new(x, y) : null,
            freeDesks == 0 && State == "free" ? FloorState.Booked : Words.Read<FloorState>(State), TakenUntil, HeldUntil, freeDesks, BookingId);
    }
}
