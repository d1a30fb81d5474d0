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

/// <summary>A member came in at a location's door.</summary>
public sealed record MemberCheckedIn(Guid VisitId, Guid MemberId, Guid LocationId, DateTimeOffset CheckedInAt) : IIntegrationEvent
{
    public static string Type => "member.checked_in";
    public static string Topic => "members";
    public Guid Key => MemberId;
}

/// <summary>A member's visit ended.</summary>
/// <param name="ClosedBy"><c>scan</c>, <c>staff</c> or <c>closing_time</c> (the member forgot).</param>
public sealed record MemberCheckedOut(
    Guid VisitId, Guid MemberId, Guid LocationId, DateTimeOffset CheckedOutAt, string ClosedBy) : IIntegrationEvent
{
    public static string Type => "member.checked_out";
    public static string Topic => "members";
    public Guid Key => MemberId;
}
