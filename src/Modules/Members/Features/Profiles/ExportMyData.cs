using Portico.Members.Features.Visits;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Members.Features.Profiles;

/// <summary>Everything Members keeps about somebody.</summary>
/// <param name="Corrections">What was changed in the attendance after it had been recorded first.</param>
public sealed record ExportResponse(
    DateTimeOffset ExportedAt,
    ProfileResponse Profile,
    IReadOnlyList<VisitResponse> Visits,
    IReadOnlyList<ExportedAttendance> Attendance,
    IReadOnlyList<ExportedCorrection> Corrections);

/// <summary>An event and how one attended it.</summary>
public sealed record ExportedAttendance(
    Guid EventId,
    string EventName,
    DateTimeOffset StartsAt,
    string Status,
    string Source,
    DateTimeOffset? ScannedAt,
    DateTimeOffset RecordedAt,
    string? ReasonKind,
    string? Note);

/// <summary>A change of one's attendance by hand.</summary>
public sealed record ExportedCorrection(
    Guid EventId, string? FromStatus, string ToStatus, string Source, string? ReasonKind, string? Note, DateTimeOffset ChangedAt);

internal static class ExportMyData
{
    public static async Task<Results<Ok<ExportResponse>, ProblemHttpResult>> Handle(
        HttpResponse response, Database<MembersModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var me = new { user.Id };
        if (await database.FindAsync<ProfileResponse>(
            $"select {ProfileResponse.Columns} from profiles where id = @Id", me, cancellationToken) is not { } profile)
        {
            return ProfileProblems.NotReady();
        }

        var visits = await database.QueryAsync<VisitResponse>(
            $"select {VisitList.Columns} from {VisitList.Tables} where visits.member_id = @Id order by visits.started_at", me, cancellationToken);
        var attendance = await database.QueryAsync<ExportedAttendance>(
            """
            select attendance.event_id, events.name as event_name, events.starts_at, attendance.status, attendance.source,
                   attendance.scanned_at, attendance.recorded_at, attendance.reason_kind, attendance.note
            from attendance
            join events on events.id = attendance.event_id
            where attendance.member_id = @Id
            order by events.starts_at
            """, me, cancellationToken);
        var corrections = await database.QueryAsync<ExportedCorrection>(
            """
            select event_id, from_status, to_status, source, reason_kind, note, changed_at
            from attendance_changes
            where member_id = @Id
            order by changed_at
            """, me, cancellationToken);
        response.Headers.ContentDisposition = "attachment; filename=\"portico-my-data.json\"";
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new ExportResponse(time.GetUtcNow(), profile, visits, attendance, corrections));
    }
}
