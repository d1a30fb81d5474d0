using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Members.Data;
using Portico.Members.Domain.Attendance;
using Portico.Members.Features.Events;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Attendance;

internal static class ShowMemberAttendance
{
    public static async Task<Results<Ok<Page<AttendedEvent>>, CsvAnswer<AttendedEvent>, ProblemHttpResult>> Handle(
        [FromRoute(Name = "member_id")] Guid memberId,
        [AllowedValues(null, "json", "csv")] string? format,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!Cursor.TryReadInstant(after, out var cursor))
        {
            return EventProblems.WrongCursor();
        }

        if (await database.FindAsync<Guid?>("select id from profiles where id = @memberId", new { memberId }, cancellationToken) is null)
        {
            return Problems.NotFound("member-not-found", "There is no such member.");
        }

        AttendanceOf whose = new(memberId, user.IsAdmin, user.Id);
        return format == "csv"
            ? Csv(await database.AllOfAttendanceAsync(LocationScope.Sql, whose, cancellationToken), memberId)
            : TypedResults.Ok(await database.PageOfAttendanceAsync(LocationScope.Sql, whose, cursor, limit, cancellationToken));
    }

    private static CsvAnswer<AttendedEvent> Csv(IReadOnlyList<AttendedEvent> rows, Guid memberId) => new(
        rows, $"attendance-{memberId}.csv",
        new("event_id", row => row.EventId), new("event_name", row => row.EventName), new("place", row => row.Place),
        new("starts_at", row => row.StartsAt), new("ends_at", row => row.EndsAt), new("state", row => row.State.Word()),
        new("status", row => row.Status.Word()), new("source", row => row.Source.Word()), new("scanned_at", row => row.ScannedAt),
        new("recorded_at", row => row.RecordedAt), new("reason_kind", row => row.ReasonKind?.Word()), new("note", row => row.Note));
}
