namespace Portico.Contracts.Members;

/// <summary>A member's attendance of an event was set: by a scan, by hand, or by the event's close.</summary>
/// <param name="Status"><c>present</c>, <c>late</c>, <c>absent</c> or <c>excused</c>.</param>
/// <param name="Source"><c>scan</c>, <c>staff</c> or <c>close</c>.</param>
public sealed record AttendanceRecorded(
    Guid EventId, Guid MemberId, string Status, string Source, DateTimeOffset RecordedAt) : IIntegrationEvent
{
    public static string Type => "attendance.recorded";
    public static string Topic => "members";
    public Guid Key => MemberId;
}
