using Portico.Members.Domain.Attendance;

namespace Portico.Members.Features.Attendance;

/// <summary>Counts by status as the database sums them.</summary>
internal sealed record AttendanceTotals(long Present, long Late, long Absent, long Excused, long Pending)
{
    /// <summary>Columns over <c>expected_attendance</c>.</summary>
    public const string Columns =
        """
        count(*) filter (where status = 'present') as present, count(*) filter (where status = 'late') as late,
        count(*) filter (where status = 'absent') as absent, count(*) filter (where status = 'excused') as excused,
        count(*) filter (where status = 'pending') as pending
        """;

    public AttendanceCounts ToCounts() => AttendanceCounts.Of(Present, Late, Absent, Excused, Pending);
}
