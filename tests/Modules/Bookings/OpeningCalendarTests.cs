using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain.Calendar;
using Interval = Portico.Bookings.Domain.Calendar.Interval;

namespace Portico.Tests.Modules.Bookings;

public sealed class OpeningCalendarTests
{
    private static readonly OpeningRange[] OfficeHours =
        [.. Enum.GetValues<Weekday>().Take(5).Select(day => new OpeningRange(day, "08:00", "20:00"))];

    [Fact]
    public void It_is_open_in_the_minutes_in_which_it_is_open_whatever_the_hours_and_the_night() => Prop.ForAll(Windows(), drawn =>
    {
        var (hours, from, until) = drawn;
        var open = hours.Open();
        Assert.Equal(
            hours.Minutes.Runs(minute => minute >= from && minute < until && open[minute]),
            hours.Calendar.OpenWithin(hours.Minutes.Interval(from, until)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_time_is_open_when_all_its_minutes_are() => Prop.ForAll(Windows(), drawn =>
    {
        var (hours, from, until) = drawn;
        var open = hours.Open();
        // Around a stretch that is open, so that a good part is.
        var last = hours.Minutes.Of(hours.Minutes.Night.AddDays(2), 0);
        var run = hours.Minutes.Runs(minute => minute >= from && minute < last && open[minute]) is [var first, ..] ? first : hours.Minutes.Interval(from, until);
        foreach (var (before, after) in ((int, int)[])[(0, 0), (0, -1), (1, 0), (0, 1), (-1, 0)])
        {
            var asked = new Interval(run.Start.AddMinutes(-before), run.End.AddMinutes(after));
            var minutes = Enumerable.Range((int)(asked.Start - hours.Minutes.Begin).TotalMinutes, Math.Max(0, (int)asked.Length.TotalMinutes));
            Assert.Equal(!asked.IsEmpty && minutes.All(minute => open[minute]), hours.Calendar.IsOpen(asked));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void The_next_opening_is_the_first_open_minute() => Prop.ForAll(Windows(), drawn =>
    {
        var (hours, from, _) = drawn;
        var open = hours.Open();
        var last = hours.Minutes.Of(hours.Minutes.Night.AddDays(2), 0);
        var expected = Enumerable.Range(from, last - from)
            .Where(minute => open[minute]).Select(minute => (DateTimeOffset?)hours.Minutes.At(minute)).FirstOrDefault();
        var found = hours.Calendar.NextOpening(hours.Minutes.At(from));
        Assert.True(expected is null ? found is null || found >= hours.Minutes.At(last) : found == expected, $"{found} instead of {expected}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Days_of_23_and_25_hours_are_open_as_long_as_they_are()
    {
        var always = new OpeningCalendar("Europe/Rome", [.. Enum.GetValues<Weekday>().Select(day => new OpeningRange(day, "00:00", "24:00"))], []);
        foreach (var (day, hours) in ((DateOnly, int)[])[(new(2026, 3, 29), 23), (new(2026, 10, 25), 25)])
        {
            var whole = new Interval(always.Clock.Midnight(day), always.Clock.Midnight(day.AddDays(1)));
            Assert.Equal([whole], always.OpenWithin(whole));
            Assert.Equal(hours, whole.Length.TotalHours);
        }
    }

    [Fact]
    public void Hours_that_go_on_over_midnight_are_one_opening()
    {
        var club = new OpeningCalendar("Europe/Rome", [new(Weekday.Friday, "18:00", "24:00"), new(Weekday.Saturday, "00:00", "02:00")], []);
        var night = new Interval(club.Clock.Instant(new(2026, 5, 8), 18 * 60), club.Clock.Instant(new(2026, 5, 9), 2 * 60));
        Assert.Equal([night], club.OpenWithin(night.Widen(TimeSpan.FromHours(5), TimeSpan.FromHours(5))));
        Assert.True(club.IsOpen(new(night.Start.AddHours(4), night.End)));
    }

    [Fact]
    public void An_exception_replaces_its_day_and_no_other()
    {
        var calendar = new OpeningCalendar(
            "Europe/Rome", OfficeHours, [new(new(2026, 12, 25), [], "Christmas"), new(new(2026, 12, 26), [new("10:00", "12:00")])]);
        var (friday, saturday, monday) = (new DateOnly(2026, 12, 25), new DateOnly(2026, 12, 26), new DateOnly(2026, 12, 28));
        Interval Hours(DateOnly day, int from, int until) => new(calendar.Clock.Instant(day, from * 60), calendar.Clock.Instant(day, until * 60));
        Assert.Equal(
            [Hours(saturday, 10, 12), Hours(monday, 8, 20)],
            calendar.OpenWithin(new(calendar.Clock.Midnight(friday), calendar.Clock.Midnight(monday.AddDays(1)))));
        Assert.Equal("Christmas", calendar.ReasonOf(friday));
    }

    [Fact]
    public void What_never_opens_again_has_no_next_opening()
    {
        var closed = new OpeningCalendar("Europe/Rome", [], []);
        Assert.Null(closed.NextOpening(closed.Clock.Midnight(new(2026, 5, 4))));
        Assert.False(closed.IsOpen(new(closed.Clock.Midnight(new(2026, 5, 4)), closed.Clock.Midnight(new(2026, 5, 5)))));
    }

    [Fact]
    public void After_months_of_closure_the_next_opening_is_found()
    {
        var first = new DateOnly(2026, 5, 4);
        var calendar = new OpeningCalendar("Europe/Rome", OfficeHours, Enumerable.Range(0, 200).Select(day => new OpeningException(first.AddDays(day), [])));
        Assert.Equal(calendar.Clock.Instant(first.AddDays(200), 480), calendar.NextOpening(calendar.Clock.Midnight(first)));
    }

    private static Arbitrary<(RandomHours Hours, int From, int Until)> Windows() => (
        from hours in RandomHours.Any
        let first = hours.Minutes.Of(hours.Minutes.Night.AddDays(-1), 0)
        let last = hours.Minutes.Of(hours.Minutes.Night.AddDays(2), 0)
        from one in Gen.Choose(first, last)
        from other in Gen.Frequency((4, Gen.Choose(first, last)), (1, Gen.Choose(one, Math.Min(one + 180, last))))
        select (hours, Math.Min(one, other), Math.Max(one, other))).ToArbitrary();
}
