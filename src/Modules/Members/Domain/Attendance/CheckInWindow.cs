namespace Portico.Members.Domain.Attendance;

/// <summary>
/// When an event takes scans: from <paramref name="OpensAt"/> until just before <paramref name="ClosesAt"/>, and later than
/// <paramref name="LateAfter"/> they are late ones. Instants, so a daylight-saving night neither stretches nor cuts it.
/// </summary>
internal readonly record struct CheckInWindow(DateTimeOffset OpensAt, DateTimeOffset LateAfter, DateTimeOffset ClosesAt)
{
    public static CheckInWindow Of(EventPlan plan) => new(
        plan.StartsAt.AddMinutes(-plan.OpensMinutesBefore),
        plan.StartsAt.AddMinutes(plan.LateAfterMinutes),
        plan.EndsAt.AddMinutes(plan.ClosesMinutesAfter));

    public bool IsOpen(DateTimeOffset at) => at >= OpensAt && at < ClosesAt;

    public AttendanceStatus StatusOf(DateTimeOffset scannedAt) => scannedAt > LateAfter ? AttendanceStatus.Late : AttendanceStatus.Present;
}
