namespace Portico.Members.Domain.Attendance;

/// <summary>
/// How often what happened. The four statuses and those still pending (expected, event not closed) add up to the total.
/// </summary>
/// <param name="Rate">
/// (present + late) / (present + late + absent), rounded to four places. Excused and pending ones say nothing about
/// anybody's attendance and are left out; null when nothing is left.
/// </param>
public sealed record AttendanceCounts(long Present, long Late, long Absent, long Excused, long Pending, long Total, decimal? Rate)
{
    public static AttendanceCounts Of(long present, long late, long absent, long excused, long pending)
    {
        var there = present + late;
        var counted = there + absent;
        return new(
            present, late, absent, excused, pending, counted + excused + pending,
            counted == 0 ? null : Math.Round((decimal)there / counted, 4, MidpointRounding.AwayFromZero));
    }
}
