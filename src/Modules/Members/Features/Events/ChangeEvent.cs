using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Portico.Members.Data;
using Portico.Members.Domain.Attendance;
using Portico.Members.Features.Locations;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Members.Features.Events;

/// <summary>What is to be different; what is left out stays. <c>capacity: null</c> lifts the limit.</summary>
public sealed record ChangeEventRequest
{
    private const string NotBlank = @"(?s).*\S.*";

    [StringLength(200, MinimumLength = 1), RegularExpression(NotBlank, ErrorMessage = "A name is needed.")]
    public string? Name { get; init; }

    [StringLength(200, MinimumLength = 1), RegularExpression(NotBlank, ErrorMessage = "A place is needed.")]
    public string? Place { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    [StringLength(64)]
    public string? TimeZone { get; init; }

    [Range(0, EventPlan.LongestMinutes)]
    public int? CheckInOpensMinutesBefore { get; init; }

    [Range(0, EventPlan.LongestMinutes)]
    public int? CheckInClosesMinutesAfter { get; init; }

    [Range(0, EventPlan.LongestMinutes)]
    public int? LateAfterMinutes { get; init; }

    [Range(1, 100_000)]
    public int? Capacity
    {
        get;
        init => (field, SaysCapacity) = (value, true);
    }

    public RosterKind? Roster { get; init; }

    [JsonIgnore]
    internal bool SaysCapacity { get; private init; }
}

internal static class ChangeEvent
{
    public static async Task<Results<Ok<EventResponse>, ProblemHttpResult>> Handle(
        Guid id, ChangeEventRequest request, Database<MembersModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.TakeEventAsync(id, user, cancellationToken) is not { } row)
        {
            return EventProblems.NotFound();
        }

        var plan = PlanOf(row, request);
        if (EventProblems.RefusalOf(row) is { } refusal)
        {
            return refusal;
        }

        if (!TimeZones.IsKnown(plan.TimeZone))
        {
            return LocationProblems.UnknownTimeZone();
        }

        if (plan.Refuse(time.GetUtcNow(), startIsNew: plan.StartsAt != row.StartsAt) is { } code)
        {
            return Problems.Unprocessable(code, EventPlan.Explain(code));
        }

        var capacity = request.SaysCapacity ? request.Capacity : row.Capacity;
        var roster = request.Roster ?? row.Roster;
        var window = CheckInWindow.Of(plan);
        var seats = await CountAsync(change, id, window, roster, cancellationToken);
        if (seats.Contradicted > 0)
        {
            return Problems.Conflict(
                "change-contradicts-scans", "Some have scanned already who could not have, or not with that result, if it had been like this.",
                ("scans", seats.Contradicted));
        }

        if (seats.There > capacity)
        {
            return Problems.Conflict("capacity-too-small", "More than that are there already.", ("attending", seats.There));
        }

        var changed = await change.FindAsync<EventRow>(
            $"""
            update events
            set name = @name, place = @place, starts_at = @StartsAt, ends_at = @EndsAt, time_zone = @TimeZone,
                check_in_opens_at = @OpensAt, late_after = @LateAfter, check_in_closes_at = @ClosesAt,
                roster = @roster, capacity = @capacity, seats_taken = case when @capacity::int is not null then @There end
            where id = @id
            returning {EventRow.Columns}
            """,
            new
            {
                id, name = (request.Name ?? row.Name).Trim(), place = (request.Place ?? row.Place).Trim(), plan.StartsAt, plan.EndsAt, plan.TimeZone,
                window.OpensAt, window.LateAfter, window.ClosesAt, roster = roster.Word(), capacity, There = (int)seats.There,
            },
            cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(EventResponse.Of(changed!));
    }

    private static EventPlan PlanOf(EventRow row, ChangeEventRequest request)
    {
        var now = row.Plan;
        return new(
            request.StartsAt ?? now.StartsAt, request.EndsAt ?? now.EndsAt, request.TimeZone ?? now.TimeZone,
            request.CheckInOpensMinutesBefore ?? now.OpensMinutesBefore,
            request.CheckInClosesMinutesAfter ?? now.ClosesMinutesAfter,
            request.LateAfterMinutes ?? now.LateAfterMinutes);
    }

    // The event is held alone, so nobody scans between this count and the update.
    private static async Task<Seats> CountAsync(Change change, Guid id, CheckInWindow window, RosterKind roster, CancellationToken cancellationToken) =>
        (await change.FindAsync<Seats>(
            """
            select count(*) filter (
                       where scanned_at < @OpensAt or scanned_at >= @ClosesAt
                          or (source = 'scan' and (status = 'late') <> (scanned_at > @LateAfter))
                          or (@selected and scanned_at is not null and not exists (
                              select from event_roster as named where named.event_id = known.event_id and named.member_id = known.member_id))
                   ) as contradicted,
                   count(*) filter (where status in ('present', 'late')) as there
            from attendance as known
            where event_id = @id
            """,
            new { id, window.OpensAt, window.LateAfter, window.ClosesAt, selected = roster is RosterKind.Selected }, cancellationToken))!;

    private sealed record Seats(long Contradicted, long There);
}
