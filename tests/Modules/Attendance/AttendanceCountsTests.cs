using FsCheck;
using FsCheck.Fluent;
using Portico.Members.Domain.Attendance;

namespace Portico.Tests.Modules.Attendance;

public sealed class AttendanceCountsTests
{
    [Fact]
    public void Everything_counted_adds_up_and_the_rate_is_of_those_that_count() =>
        Prop.ForAll(Numbers().ToArbitrary(), n =>
        {
            var counts = AttendanceCounts.Of(n[0], n[1], n[2], n[3], n[4]);
            var counted = n[0] + n[1] + n[2];
            return counts.Present + counts.Late + counts.Absent + counts.Excused + counts.Pending == counts.Total
                && (counts.Rate is null) == (counted == 0)
                && (counts.Rate is not { } rate || (rate is >= 0 and <= 1 && Math.Abs((rate * counted) - (n[0] + n[1])) <= 0.00005m * counted))
                && counts.Rate == AttendanceCounts.Of(n[0], n[1], n[2], n[3] + 7, n[4] + 5).Rate;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_of_three_is_two_thirds() => Assert.Equal(0.6667m, AttendanceCounts.Of(1, 1, 1, 9, 9).Rate);

    [Fact]
    public void Excuses_alone_make_no_rate() => Assert.Null(AttendanceCounts.Of(0, 0, 0, 3, 2).Rate);

    private static Gen<long[]> Numbers() =>
        Gen.Frequency((1, Gen.Constant(0L)), (4, Gen.Choose(0, 100_000).Select(n => (long)n))).ArrayOf(5);
}
