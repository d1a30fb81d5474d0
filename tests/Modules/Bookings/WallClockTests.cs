using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain.Calendar;
using Interval = Portico.Bookings.Domain.Calendar.Interval;

namespace Portico.Tests.Modules.Bookings;

public sealed class WallClockTests
{
    private static readonly WallClock Rome = WallClock.In("Europe/Rome");

    [Theory]
    [InlineData(2026, 3, 29, 150, "2026-03-29T01:30:00Z")] // 02:30 is skipped: 03:30 in summer time
    [InlineData(2026, 3, 29, 120, "2026-03-29T01:00:00Z")]
    [InlineData(2026, 3, 29, 180, "2026-03-29T01:00:00Z")]
    [InlineData(2026, 10, 25, 150, "2026-10-25T00:30:00Z")] // 02:30 comes twice: the first
    [InlineData(2026, 10, 25, 180, "2026-10-25T02:00:00Z")]
    [InlineData(2026, 10, 25, 1440, "2026-10-25T23:00:00Z")]
    public void A_time_of_day_is_one_instant_also_when_the_clock_skips_it_or_shows_it_twice(int year, int month, int day, int minutes, string instant) =>
        Assert.Equal(Instant(instant), Rome.Instant(new(year, month, day), minutes));

    [Fact]
    public void Every_minute_of_nights_with_a_change_is_found_where_a_look_at_the_clock_finds_it() => Assert.All(Minutes.Nights, night =>
    {
        var clock = WallClock.In(night.Zone);
        foreach (var day in night.Days)
        {
            for (var minute = 0; minute <= 1440; minute++)
            {
                Assert.Equal(night.At(night.Of(day, minute)), clock.Instant(day, minute));
            }
        }
    });

    [Fact]
    public void The_next_start_is_the_first_minute_at_which_the_clock_shows_a_multiple_of_the_step() => Prop.ForAll(
        (from night in Gen.Elements(Minutes.Nights.AsEnumerable())
         from anywhere in Gen.Choose(2 * 1440, 6 * 1440)
         from around in Gen.Choose(-180, 180)
         from minute in Gen.Elements(anywhere, anywhere, night.Change + around, night.Change + around, night.Change)
         from second in Gen.Elements(0, 0, 1, 59)
         from step in Gen.Elements(1, 5, 7, 15, 20, 30, 45, 60, 90, 120, 180, 240, 420, 1440)
         select (night, minute, second, step)).ToArbitrary(),
        drawn =>
        {
            var (night, minute, second, step) = drawn;
            var clock = WallClock.In(night.Zone);
            var expected = Enumerable.Range(second == 0 ? minute : minute + 1, 1600).First(next => night.OnStep(next, step));
            Assert.Equal(night.At(expected), clock.NextOnStep(night.At(minute).AddSeconds(second), step));
            Assert.Equal(second == 0 && expected == minute, clock.IsOnStep(night.At(minute).AddSeconds(second), step));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Whole_days_last_as_long_as_the_calendar_says_and_minutes_as_they_pass() => Prop.ForAll(
        (from night in Gen.Elements(Minutes.Nights.AsEnumerable())
         from start in Gen.Choose(2 * 1440, 4 * 1440)
         from minutes in Gen.Frequency((1, Gen.Choose(1, 3000)), (1, Gen.Elements(1440, 2880)))
         select (night, start, minutes)).ToArbitrary(),
        drawn =>
        {
            var (night, start, minutes) = drawn;
            var clock = WallClock.In(night.Zone);
            Assert.Equal(night.At(night.EndOf(start, minutes)), clock.EndOf(night.At(start), minutes));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void What_lasts_so_long_is_so_long_and_from_midnight_to_midnight_is_a_day() => Prop.ForAll(
        (from night in Gen.Elements(Minutes.Nights.AsEnumerable())
         from start in Gen.Choose(2 * 1440, 4 * 1440)
         from length in Gen.Choose(1, 3000)
         select (night, start, length)).ToArbitrary(),
        drawn =>
        {
            var (night, start, length) = drawn;
            var clock = WallClock.In(night.Zone);
            var during = night.Interval(start, start + length);
            // The most days that fit, and what is left over as it passes.
            var days = Enumerable.Range(1, 3).LastOrDefault(count => night.EndOf(start, count * 1440) <= start + length);
            var rest = start + length - night.EndOf(start, days * 1440);
            Assert.Equal(TimeSpan.FromMinutes((days * 1440) + rest), clock.LengthOf(during));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Days_of_23_and_25_hours_are_days()
    {
        foreach (var (day, hours) in ((DateOnly, int)[])[(new(2026, 3, 29), 23), (new(2026, 10, 25), 25), (new(2026, 5, 4), 24)])
        {
            var whole = new Interval(Rome.Midnight(day), Rome.Midnight(day.AddDays(1)));
            Assert.Equal(TimeSpan.FromHours(hours), whole.Length);
            Assert.Equal(TimeSpan.FromDays(1), Rome.LengthOf(whole));
            Assert.Equal(whole.End, Rome.EndOf(whole.Start, 1440));
        }
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
