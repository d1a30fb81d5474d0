using System.ComponentModel.DataAnnotations;
using Portico.Members.Data;
using Portico.Members.Domain.Attendance;
using Portico.Members.Features.Events;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Attendance;

/// <summary>Somebody who came or is expected.</summary>
/// <param name="Status"><c>present</c>, <c>late</c>, <c>absent</c>, <c>excused</c>, or <c>pending</c> until the event is closed.</param>
/// <param name="Username">This and the names are null while, or since, there is no profile.</param>
public sealed record Attendee(
    Guid MemberId, string? Username, string? Name, string? Surname, string Status, string? Source,
    DateTimeOffset? ScannedAt, DateTimeOffset? RecordedAt, string? ReasonKind, string? Note);

/// <summary>A page of an event's attendance, and the counts over all of it.</summary>
public sealed record EventAttendanceResponse(AttendanceCounts Totals, IReadOnlyList<Attendee> Items, string? Next);

internal static class ShowEventAttendance
{
    private const string Attendees =
        """
        select member_id, username, name, surname, expected.status, source, scanned_at, recorded_at, reason_kind, note
        from expected_attendance as expected left join profiles on profiles.id = member_id
        where event_id = @id and (@status::text is null or expected.status = @status)
        """;

    private const string Order = "order by coalesce(username, ''), member_id";

    public static async Task<Results<Ok<EventAttendanceResponse>, CsvAnswer<Attendee>, ProblemHttpResult>> Handle(
        Guid id,
        [AllowedValues(null, "present", "late", "absent", "excused", "pending")] string? status,
        [AllowedValues(null, "json", "csv")] string? format,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!Cursor.TryRead(after, out var cursor))
        {
            return EventProblems.WrongCursor();
        }

        if (await database.FindRunEventAsync(id, user, cancellationToken) is null)
        {
            return EventProblems.NotFound();
        }

        if (format == "csv")
        {
            return Csv(await database.QueryAsync<Attendee>($"{Attendees} {Order}", new { id, status }, cancellationToken), id);
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<Attendee>(
            $"""
            {Attendees} and (@afterId::uuid is null or (coalesce(username, ''), member_id) > (@afterName, @afterId))
            {Order} limit @size + 1
            """, new { id, status, afterName = cursor?.Value, afterId = cursor?.Id, size }, cancellationToken);
        var totals = await database.FindAsync<AttendanceTotals>(
            $"select {AttendanceTotals.Columns} from expected_attendance where event_id = @id", new { id }, cancellationToken);
        var page = Paging.Cut(rows, size, last => Cursor.Of(last.Username ?? "", last.MemberId));
        return TypedResults.Ok(new EventAttendanceResponse(totals!.ToCounts(), page.Items, page.Next));
    }

    private static CsvAnswer<Attendee> Csv(IReadOnlyList<Attendee> rows, Guid id) => new(
        rows, $"attendance-{id}.csv",
        new("member_id", row => row.MemberId), new("username", row => row.Username), new("name", row => row.Name), new("surname", row => row.Surname),
        new("status", row => row.Status), new("source", row => row.Source), new("scanned_at", row => row.ScannedAt),
        new("recorded_at", row => row.RecordedAt), new("reason_kind", row => row.ReasonKind), new("note", row => row.Note));
}
