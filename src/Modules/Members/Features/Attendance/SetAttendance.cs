using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Portico.Contracts.Members;
using Portico.Members.Data;
using Portico.Members.Domain.Attendance;
using Portico.Members.Features.Events;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Attendance;

/// <summary>What staff says became of a member.</summary>
/// <param name="ReasonKind">Why; needed for <c>excused</c> and for nothing else.</param>
public sealed record SetAttendanceRequest(
    [property: Required] AttendanceStatus? Status, ExcuseKind? ReasonKind, [property: StringLength(500)] string? Note);

/// <summary>A member's attendance of an event.</summary>
/// <param name="RecordedBy">Who set it by hand; null for a scan or the event's close.</param>
public sealed record AttendanceResponse(
    Guid EventId, Guid MemberId, AttendanceStatus Status, AttendanceSource Source, DateTimeOffset? ScannedAt,
    DateTimeOffset RecordedAt, Guid? RecordedBy, ExcuseKind? ReasonKind, string? Note);

internal static class SetAttendance
{
    private const string Columns = "event_id, member_id, status, source, scanned_at, recorded_at, recorded_by, reason_kind, note";

    public static async Task<Results<Ok<AttendanceResponse>, ProblemHttpResult>> Handle(
        Guid id, [FromRoute(Name = "member_id")] Guid memberId, SetAttendanceRequest request,
        Database<MembersModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var status = request.Status!.Value;
        if (status is AttendanceStatus.Excused != request.ReasonKind is not null)
        {
            return Problems.Invalid("reason_kind", "An excuse needs a reason, and nothing else takes one.");
        }

        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        // Held alone: no scan of this member, and none that takes the last seat, comes in between.
        if (await change.TakeEventAsync(id, user, cancellationToken) is not { } row)
        {
            return EventProblems.NotFound();
        }

        if (row.State is EventState.Cancelled)
        {
            return EventProblems.Cancelled(row);
        }

        var held = await change.FindAsync<AttendanceResponse>(
            $"select {Columns} from attendance where event_id = @id and member_id = @memberId", new { id, memberId }, cancellationToken);
        if (held is null && await RefuseNewAsync(change, row, memberId, cancellationToken) is { } unknown)
        {
            return unknown;
        }

        // An excuse is often given beforehand; nobody is there, late or missing before one can be.
        if (status is not AttendanceStatus.Excused && now < row.CheckInOpensAt)
        {
            return EventProblems.NotOpenYet(row.CheckInOpensAt);
        }

        if (held is not null && held.Status == status && held.ReasonKind == request.ReasonKind && held.Note == request.Note)
        {
            return TypedResults.Ok(held);
        }

        var set = await WriteAsync(change, held, new(id, memberId, status, AttendanceSource.Staff, held?.ScannedAt, now, user.Id, request.ReasonKind, request.Note), cancellationToken);
        if (!await CountSeatAsync(change, id, held?.Status, status, cancellationToken))
        {
            return ScanProblems.Of("event-full", null);
        }

        change.Publish(new AttendanceRecorded(id, memberId, status.Word(), "staff", now));
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(set);
    }

    private static async Task<ProblemHttpResult?> RefuseNewAsync(Change change, EventRow row, Guid memberId, CancellationToken cancellationToken)
    {
        if (row.Roster is RosterKind.Open)
        {
            return await change.FindUnknownAsync([memberId], cancellationToken) is { Count: > 0 }
                ? Problems.NotFound("member-not-found", "There is no such member.")
                : null;
        }

        var named = await change.FindAsync<Guid?>(
            "select member_id from event_roster where event_id = @Id and member_id = @memberId", new { row.Id, memberId }, cancellationToken);
        return named is null ? Problems.NotFound("member-not-on-roster", "This member is not on the event's roster.") : null;
    }

    private static async Task<AttendanceResponse> WriteAsync(
        Change change, AttendanceResponse? held, AttendanceResponse set, CancellationToken cancellationToken)
    {
        var written = await change.FindAsync<AttendanceResponse>(
            $"""
            insert into attendance as known ({Columns})
            values (@EventId, @MemberId, @status, 'staff', null, @RecordedAt, @RecordedBy, @reason, @Note)
            on conflict (event_id, member_id) do update
            set status = excluded.status, source = excluded.source, recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by,
                reason_kind = excluded.reason_kind, note = excluded.note
            returning {Columns}
            """,
            new
            {
                set.EventId, set.MemberId, status = set.Status.Word(), set.RecordedAt, set.RecordedBy, reason = set.ReasonKind?.Word(), set.Note,
            },
            cancellationToken);
        await change.ExecuteAsync(
            """
            insert into attendance_changes (
                id, event_id, member_id, from_status, from_source, from_at, to_status, source, reason_kind, note, changed_by, changed_at)
            values (@id, @EventId, @MemberId, @fromStatus, @fromSource, @fromAt, @status, 'staff', @reason, @Note, @RecordedBy, @RecordedAt)
            """,
            new
            {
                id = Guid.CreateVersion7(set.RecordedAt), set.EventId, set.MemberId,
                fromStatus = held?.Status.Word(), fromSource = held?.Source.Word(), fromAt = held?.RecordedAt,
                status = set.Status.Word(), reason = set.ReasonKind?.Word(), set.Note, set.RecordedBy, set.RecordedAt,
            },
            cancellationToken);
        return written!;
    }

    private static async Task<bool> CountSeatAsync(
        Change change, Guid id, AttendanceStatus? was, AttendanceStatus status, CancellationToken cancellationToken)
    {
        var seats = (status.IsThere() ? 1 : 0) - (was?.IsThere() is true ? 1 : 0);
        if (seats == 0)
        {
            return true;
        }

        try
        {
            await change.ExecuteAsync(
                "update events set seats_taken = seats_taken + @seats where id = @id and capacity is not null", new { id, seats }, cancellationToken);
            return true;
        }
        catch (PostgresException e) when (e.ConstraintName == "events_capacity")
        {
            return false;
        }
    }
}
