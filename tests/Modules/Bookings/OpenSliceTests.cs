using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Reports;
using Interval = Portico.Bookings.Domain.Calendar.Interval;

namespace Portico.Tests.Modules.Bookings;

public sealed class OpenSliceTests
{
    private static readonly OpeningRange[] AllWeek = [.. Enum.GetValues<Weekday>().Select(day => new OpeningRange(day, "00:00", "24:00"))];

    [Theory]
    [InlineData("Europe/Rome", "2026-03-29", 2, 0), InlineData("Europe/Rome", "2026-10-25", 2, 120), InlineData("Europe/Rome", "2026-06-01", 2, 60)]
    // Put forward and back by half an hour there.
    [InlineData("Australia/Lord_Howe", "2026-10-04", 2, 30), InlineData("Australia/Lord_Howe", "2026-04-05", 1, 90)]
    [InlineData("Asia/Kolkata", "2026-03-29", 2, 60)]
    public void An_hour_is_as_long_as_the_clock_shows_it(string zone, string day, int hour, int minutes)
    {
        var calendar = new OpeningCalendar(zone, AllWeek, []);
        var slices = OpenSlice.Of(calendar, DayOf(calendar, DateOnly.Parse(day, null))).ToList();
        Assert.Equal(minutes, slices.Where(slice => slice.Hour == hour).Sum(slice => slice.Time.Length.TotalMinutes));
        Assert.All(slices.Where(slice => slice.Hour > 3), slice => Assert.Equal(60, slice.Time.Length.TotalMinutes));
    }

    [Fact]
    public void Together_they_are_the_opening_hours_each_minute_in_its_hour() => Prop.ForAll(RandomHours.Any.ToArbitrary(), hours =>
    {
        var period = new Interval(hours.Minutes.At(7), hours.Minutes.At(hours.Minutes.Count - 11));
        var slices = OpenSlice.Of(hours.Calendar, period).ToList();
        Assert.All(slices, slice => Assert.InRange(slice.Time.Length, TimeSpan.FromTicks(1), TimeSpan.FromHours(1)));
        Assert.All(slices.Zip(slices.Skip(1)), pair => Assert.True(pair.First.Time.End <= pair.Second.Time.Start));
        Assert.All(slices, slice => Assert.Equal(slice.Hour, hours.Calendar.Clock.At(slice.Time.End.AddTicks(-1)).Hour));
        Assert.All(slices, slice => Assert.Equal(slice.Hour, hours.Calendar.Clock.At(slice.Time.Start).Hour));
        List<Interval> joined = [.. slices.Select(slice => slice.Time)];
        Intervals.Join(joined);
        Assert.Equal(hours.Calendar.OpenWithin(period), joined);
    }).QuickCheckThrowOnFailure();

    private static Interval DayOf(OpeningCalendar calendar, DateOnly day) => new(calendar.Clock.Midnight(day), calendar.Clock.Midnight(day.AddDays(1)));
}
