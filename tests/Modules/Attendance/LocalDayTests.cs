using FsCheck;
using FsCheck.Fluent;
using Portico.Platform.Time;

namespace Portico.Tests.Modules.Attendance;

public sealed class LocalDayTests
{
    private static readonly TimeZoneInfo Rome = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");
    private static readonly DateOnly SpringNight = new(2026, 3, 29);
    private static readonly DateOnly AutumnNight = new(2026, 10, 25);

    [Theory]
    [InlineData("2026-03-28T22:59:59Z", 28)]
    [InlineData("2026-03-28T23:00:00Z", 29)]
    [InlineData("2026-03-29T21:59:59Z", 29)]
    [InlineData("2026-03-29T22:00:00Z", 30)]
    public void The_short_day_of_March_begins_and_ends_at_Romes_midnight(string instant, int day) => Assert.Equal(day, LocalDay.Of(At(instant), Rome).Day);

    [Theory]
    [InlineData("2026-10-24T21:59:59Z", 24)]
    [InlineData("2026-10-24T22:00:00Z", 25)]
    [InlineData("2026-10-25T22:59:59Z", 25)]
    [InlineData("2026-10-25T23:00:00Z", 26)]
    public void The_long_day_of_October_begins_and_ends_at_Romes_midnight(string instant, int day) => Assert.Equal(day, LocalDay.Of(At(instant), Rome).Day);

    [Fact]
    public void A_party_over_the_daylight_saving_night_is_on_both_days_and_no_third()
    {
        foreach (var night in (DateOnly[])[SpringNight, AutumnNight])
        {
            var starts = new DateTimeOffset(night.AddDays(-1).ToDateTime(new TimeOnly(20, 0)), TimeSpan.Zero);
            var ends = starts.AddHours(8);
            Assert.False(LocalDay.Touches(starts, ends, night.AddDays(-2), Rome));
            Assert.True(LocalDay.Touches(starts, ends, night.AddDays(-1), Rome));
            Assert.True(LocalDay.Touches(starts, ends, night, Rome));
            Assert.False(LocalDay.Touches(starts, ends, night.AddDays(1), Rome));
        }
    }

    [Fact]
    public void What_ends_at_midnight_is_not_on_the_next_day()
    {
        var midnight = At("2026-05-04T22:00:00Z");
        Assert.False(LocalDay.Touches(midnight.AddHours(-2), midnight, new(2026, 5, 5), Rome));
        Assert.True(LocalDay.Touches(midnight.AddHours(-2), midnight.AddMilliseconds(1), new(2026, 5, 5), Rome));
    }

    [Fact]
    public void Something_that_goes_on_now_is_always_on_today_wherever_it_is() =>
        Prop.ForAll(Moments().ToArbitrary(), moment =>
        {
            var (now, before, after, zone) = moment;
            return LocalDay.Touches(now.AddMinutes(-before), now.AddMinutes(after), LocalDay.Of(now, zone), zone);
        }).QuickCheckThrowOnFailure();

    // Zones with odd offsets, a change at midnight, and changes of half an hour.
    private static Gen<(DateTimeOffset Now, int Before, int After, TimeZoneInfo Zone)> Moments() =>
        from second in Gen.Choose(1_700_000_000, 2_000_000_000)
        from before in Gen.Choose(0, 44_640)
        from after in Gen.Choose(1, 44_640)
        from zone in Gen.Elements("Europe/Rome", "America/New_York", "Asia/Kathmandu", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Kiritimati")
        select (DateTimeOffset.FromUnixTimeSeconds(second), before, after, TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
