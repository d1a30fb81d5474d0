using System.ComponentModel.DataAnnotations;
using Portico.Members.Data;
using Portico.Members.Domain.Attendance;
using Portico.Members.Features.Locations;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Members.Features.Events;

/// <summary>A new event.</summary>
/// <param name="TimeZone">IANA name; the location's when left out.</param>
/// <param name="CheckInOpensMinutesBefore">How long before the start it takes scans; 30 when left out.</param>
/// <param name="CheckInClosesMinutesAfter">How long after the end it still takes scans; 0 when left out.</param>
/// <param name="LateAfterMinutes">15 when left out.</param>
/// <param name="Roster"><c>open</c> when left out.</param>
/// <param name="MemberIds">Who is expected; for a selected roster only.</param>
public sealed record CreateEventRequest(
    [property: Required] Guid? LocationId,
    [property: Required, StringLength(200)] string Name,
    [property: Required, StringLength(200)] string Place,
    [property: Required] DateTimeOffset? StartsAt,
    [property: Required] DateTimeOffset? EndsAt,
    [property: StringLength(64)] string? TimeZone,
    [property: Range(0, EventPlan.LongestMinutes)] int? CheckInOpensMinutesBefore,
    [property: Range(0, EventPlan.LongestMinutes)] int? CheckInClosesMinutesAfter,
    [property: Range(0, EventPlan.LongestMinutes)] int? LateAfterMinutes,
    [property: Range(1, 100_000)] int? Capacity,
    RosterKind? Roster,
    [property: MaxLength(RosterQueries.Longest)] Guid[]? MemberIds);

internal static class CreateEvent
{
    public static async Task<Results<Created<EventResponse>, ProblemHttpResult>> Handle(
        CreateEventRequest request, Database<MembersModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        var place = await change.FindAsync<Place>(
            $"""
            select time_zone, retired from (select id as location_id, time_zone, retired from locations) as place
            where location_id = @LocationId and {LocationScope.Sql}
            """, new { request.LocationId, isAdmin = user.IsAdmin, userId = user.Id }, cancellationToken);
        if (place is null)
        {
            return LocationProblems.NotFound();
        }

        if (place.Retired)
        {
            return LocationProblems.Retired();
        }

        var plan = PlanOf(request, place.TimeZone);
        if (!TimeZones.IsKnown(plan.TimeZone))
        {
            return LocationProblems.UnknownTimeZone();
        }

        if (plan.Refuse(now) is { } code)
        {
            return Problems.Unprocessable(code, EventPlan.Explain(code));
        }

        var roster = request.Roster ?? RosterKind.Open;
        Guid[] expected = [.. (request.MemberIds ?? []).Distinct()];
        if (expected.Length > 0 && roster is RosterKind.Open)
        {
            return Problems.Unprocessable("roster-is-open", "An event open to everybody has no roster.");
        }

        if (expected.Length > 0 && await change.FindUnknownAsync(expected, cancellationToken) is { Count: > 0 } unknown)
        {
            return RosterProblems.Unknown(unknown);
        }

        var created = await InsertAsync(change, request, plan, roster, user.Id, now, cancellationToken);
        await change.AddToRosterAsync(created.Id, expected, user.Id, now, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Created($"/api/members/events/{created.Id}", EventResponse.Of(created));
    }

    private static EventPlan PlanOf(CreateEventRequest request, string zoneOfLocation) => new(
        request.StartsAt!.Value, request.EndsAt!.Value, request.TimeZone ?? zoneOfLocation,
        request.CheckInOpensMinutesBefore ?? EventPlan.DefaultOpensMinutesBefore,
        request.CheckInClosesMinutesAfter ?? 0,
        request.LateAfterMinutes ?? EventPlan.DefaultLateAfterMinutes);

    private static async Task<EventRow> InsertAsync(
        Change change, CreateEventRequest request, EventPlan plan, RosterKind roster, Guid by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var window = CheckInWindow.Of(plan);
        var row = await change.FindAsync<EventRow>(
            $"""
            insert into events (
                id, location_id, name, place, starts_at, ends_at, time_zone, check_in_opens_at, late_after, check_in_closes_at,
                roster, capacity, seats_taken, created_by, created_at)
            values (
                @id, @LocationId, @name, @place, @StartsAt, @EndsAt, @TimeZone, @OpensAt, @LateAfter, @ClosesAt,
                @roster, @Capacity, case when @Capacity::int is not null then 0 end, @by, @now)
            returning {EventRow.Columns}
            """,
            new
            {
                id = Guid.CreateVersion7(now), request.LocationId, name = request.Name.Trim(), place = request.Place.Trim(),
                plan.StartsAt, plan.EndsAt, plan.TimeZone, window.OpensAt, window.LateAfter, window.ClosesAt,
                roster = roster.Word(), request.Capacity, by, now,
            },
            cancellationToken);
        return row!;
    }

    private sealed record Place(string TimeZone, bool Retired);
}
