using Microsoft.AspNetCore.Mvc;
using Portico.Members.Data;
using Portico.Members.Domain.Attendance;
using Portico.Members.Features.Events;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Attendance;

/// <summary>One step in what was known of a member's attendance.</summary>
/// <param name="From">What it was before; null for the first.</param>
/// <param name="ChangedBy">Who did it: staff, or the member who scanned; null for the event's close.</param>
public sealed record AttendanceChange(
    AttendanceStatus? From, AttendanceStatus To, AttendanceSource Source, ExcuseKind? ReasonKind, string? Note,
    Guid? ChangedBy, string? ChangedByUsername, DateTimeOffset ChangedAt);

internal static class ListAttendanceChanges
{
    public static async Task<Results<Ok<IReadOnlyList<AttendanceChange>>, ProblemHttpResult>> Handle(
        Guid id, [FromRoute(Name = "member_id")] Guid memberId, Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (await database.FindRunEventAsync(id, user, cancellationToken) is null)
        {
            return EventProblems.NotFound();
        }

        // A first scan and the close write nothing into attendance_changes: they are read from what the first change, or
        // the row itself, says there was.
        var changes = await database.QueryAsync<AttendanceChange>(
            """
            with first_row as (
                select from_status as to_status, from_source as source, from_at as changed_at, from_status is not null as is_derived
                from (select * from attendance_changes where event_id = @id and member_id = @memberId order by changed_at, id limit 1) as first_change
                union all
                select status, source, recorded_at, true from attendance
                where event_id = @id and member_id = @memberId
                  and not exists (select from attendance_changes where event_id = @id and member_id = @memberId)
            ),
            steps as (
                select null as from_status, to_status, source, null as reason_kind, null as note,
                       case when source = 'scan' then @memberId end as changed_by, changed_at, null::uuid as id
                from first_row where is_derived
                union all
                select from_status, to_status, source, reason_kind, note, changed_by, changed_at, id
                from attendance_changes where event_id = @id and member_id = @memberId
            )
            select from_status as "from", to_status as "to", source, reason_kind, note, changed_by, username as changed_by_username, changed_at
            from steps left join profiles on profiles.id = changed_by
            order by steps.changed_at, steps.id nulls first
            """, new { id, memberId }, cancellationToken);
        return changes.Count > 0 ? TypedResults.Ok(changes) : Problems.NotFound("attendance-not-found", "Nothing is recorded of this member there.");
    }
}
