using Portico.Contracts.Members;
using Portico.Members.Data;
using Portico.Platform.Data;

namespace Portico.Members.Features.Events;

/// <summary>The end of an event, by the clock or by hand: whoever was expected and has no attendance was absent.</summary>
internal static class EventClosing
{
    /// <summary>Closes an event that is held alone and still scheduled. Answers it, and how many were absent.</summary>
    public static async Task<(EventRow Event, int Absent)> CloseAsync(
        this Change change, Guid id, Guid? closedBy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var absent = await change.QueryAsync<Guid>(
            """
            insert into attendance (event_id, member_id, status, source, recorded_at)
            select event_id, member_id, 'absent', 'close', @now from expected_attendance where event_id = @id and status = 'pending'
            returning member_id
            """, new { id, now }, cancellationToken);
        var closed = await change.FindAsync<EventRow>(
            $"update events set closed_at = @now, closed_by = @closedBy where id = @id returning {EventRow.Columns}",
            new { id, now, closedBy }, cancellationToken);
        foreach (var memberId in absent)
        {
            change.Publish(new AttendanceRecorded(id, memberId, "absent", "close", now));
        }

        return (closed!, absent.Count);
    }
}
