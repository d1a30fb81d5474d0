using Portico.Members.Domain.Attendance;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Members.Features.Attendance;

/// <summary>An event and what became of a member there.</summary>
/// <param name="State"><c>cancelled</c> ones are shown and count nowhere.</param>
public sealed record AttendedEvent(
    Guid EventId, string EventName, string Place, Guid LocationId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone, EventState State,
    AttendanceStatus Status, AttendanceSource Source, DateTimeOffset? ScannedAt, DateTimeOffset RecordedAt, ExcuseKind? ReasonKind, string? Note);

internal static class AttendanceHistory
{
    private const string Select =
        """
        select event_id, events.name as event_name, place, location_id, starts_at, ends_at, time_zone,
               case when cancelled_at is not null then 'cancelled' when closed_at is not null then 'closed' else 'scheduled' end as state,
               status, source, scanned_at, recorded_at, reason_kind, note
        from attendance join events on events.id = event_id
        """;

    /// <summary>A page, latest events first; <paramref name="narrowed"/> is SQL and its parameters come with the member's id.</summary>
    public static async Task<Page<AttendedEvent>> PageOfAttendanceAsync(
        this Database<MembersModule> database, string narrowed, AttendanceOf whose, Cursor? cursor, int? limit, CancellationToken cancellationToken)
    {
        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<AttendedEvent>(
            $"""
            {Select} where member_id = @MemberId and {narrowed}
              and (@afterId::uuid is null or (starts_at, event_id) < (@afterStart, @afterId))
            order by starts_at desc, event_id desc
            limit @size + 1
            """,
            new { whose.MemberId, isAdmin = whose.IsAdmin, userId = whose.RunnerId, afterStart = cursor?.Instant, afterId = cursor?.Id, size },
            cancellationToken);
        return Paging.Cut(rows, size, last => Cursor.Of(last.StartsAt, last.EventId));
    }

    public static Task<IReadOnlyList<AttendedEvent>> AllOfAttendanceAsync(
        this Database<MembersModule> database, string narrowed, AttendanceOf whose, CancellationToken cancellationToken) =>
        database.QueryAsync<AttendedEvent>(
            $"{Select} where member_id = @MemberId and {narrowed} order by starts_at desc, event_id desc",
            new { whose.MemberId, isAdmin = whose.IsAdmin, userId = whose.RunnerId }, cancellationToken);
}

/// <summary>Whose attendance is asked for, and by whom.</summary>
internal sealed record AttendanceOf(Guid MemberId, bool IsAdmin, Guid RunnerId);
