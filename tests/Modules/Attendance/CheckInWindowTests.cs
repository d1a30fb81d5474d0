using FsCheck;
using FsCheck.Fluent;
using Portico.Members.Domain.Attendance;

namespace Portico.Tests.Modules.Attendance;

public sealed class CheckInWindowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-31, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void It_opens_to_the_minute_and_is_shut_at_its_end(int minute, bool open) =>
        Assert.Equal(open, CheckInWindow.Of(Plan(Noon, before: 30, after: 5)).IsOpen(Noon.AddMinutes(minute)));

    [Theory]
    [InlineData(0, 0, AttendanceStatus.Present)]
    [InlineData(0, 1, AttendanceStatus.Late)]
    [InlineData(15, 15 * 60_000, AttendanceStatus.Present)]
    [InlineData(15, (15 * 60_000) + 1, AttendanceStatus.Late)]
    [InlineData(15, -1, AttendanceStatus.Present)]
    public void Late_is_later_than_the_grace_and_not_at_its_end(int lateAfter, int scannedAfterMs, AttendanceStatus status) =>
        Assert.Equal(status, CheckInWindow.Of(Plan(Noon, lateAfter: lateAfter)).StatusOf(Noon.AddMilliseconds(scannedAfterMs)));

    [Fact]
    public void Whatever_the_plan_somebody_in_time_is_never_made_late_by_a_later_grace_or_a_wider_window() =>
        Prop.ForAll(Plans().ToArbitrary(), Gen.Choose(-3_000, 5_000).ToArbitrary(), (plan, minute) =>
        {
            var at = plan.StartsAt.AddMinutes(minute);
            var (narrow, wide) = (CheckInWindow.Of(plan), CheckInWindow.Of(Wider(plan)));
            return (!narrow.IsOpen(at) || wide.IsOpen(at))
                && (narrow.StatusOf(at) is AttendanceStatus.Late || wide.StatusOf(at) is AttendanceStatus.Present)
                && narrow.OpensAt <= plan.StartsAt && narrow.ClosesAt >= plan.EndsAt && narrow.LateAfter >= plan.StartsAt;
        }).QuickCheckThrowOnFailure();

    // 29 March 2026: 02:00 becomes 03:00 in Rome. 25 October 2026: 03:00 becomes 02:00.
    [Theory]
    [InlineData("2026-03-29T01:45:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-29T03:01:00+02:00")]
    [InlineData("2026-10-25T02:45:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T02:01:00+01:00")]
    public void A_daylight_saving_night_changes_nobodys_quarter_of_an_hour(string starts, string inTime, string late)
    {
        var window = CheckInWindow.Of(Plan(At(starts), lateAfter: 15));

        Assert.Equal(AttendanceStatus.Present, window.StatusOf(At(inTime)));
        Assert.Equal(AttendanceStatus.Late, window.StatusOf(At(late)));
    }

    [Fact]
    public void Only_the_instant_counts_not_the_offset_it_was_said_in() =>
        Prop.ForAll(Plans().ToArbitrary(), Gen.Choose(-3_000, 5_000).ToArbitrary(), Gen.Choose(-14, 14).ToArbitrary(), (plan, minute, hours) =>
        {
            var (at, offset) = (plan.StartsAt.AddMinutes(minute), TimeSpan.FromHours(hours));
            var elsewhere = CheckInWindow.Of(plan with { StartsAt = plan.StartsAt.ToOffset(offset), EndsAt = plan.EndsAt.ToOffset(offset) });
            return elsewhere.IsOpen(at) == CheckInWindow.Of(plan).IsOpen(at.ToOffset(offset))
                && elsewhere.StatusOf(at.ToOffset(offset)) == CheckInWindow.Of(plan).StatusOf(at);
        }).QuickCheckThrowOnFailure();

    private static EventPlan Wider(EventPlan plan) => plan with
    {
        OpensMinutesBefore = plan.OpensMinutesBefore + 1, ClosesMinutesAfter = plan.ClosesMinutesAfter + 1, LateAfterMinutes = plan.LateAfterMinutes + 1,
    };

    private static EventPlan Plan(DateTimeOffset startsAt, int before = 30, int after = 0, int lateAfter = 15) =>
        new(startsAt, startsAt.AddHours(1), "Europe/Rome", before, after, lateAfter);

    private static Gen<EventPlan> Plans() =>
        from start in Gen.Choose(1_700_000_000, 2_000_000_000)
        from minutes in Gen.Choose(1, 31 * 24 * 60)
        from before in Gen.Choose(0, 1440)
        from after in Gen.Choose(0, 1440)
        from late in Gen.Choose(0, 1440)
        let startsAt = DateTimeOffset.FromUnixTimeSeconds(start)
        select new EventPlan(startsAt, startsAt.AddMinutes(minutes), "Europe/Rome", before, after, late);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
