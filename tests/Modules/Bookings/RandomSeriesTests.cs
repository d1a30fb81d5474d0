using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Series;

namespace Portico.Tests.Modules.Bookings;

public sealed class RandomSeriesTests
{
    [Fact]
    public void A_series_has_the_days_that_a_look_at_every_day_finds() => Prop.ForAll(Rules(), rule =>
        Assert.Equal(LookedAt(rule).Where(day => rule.Skip?.Contains(day) is not true), SeriesDates.Of(rule)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Fact]
    public void Split_anywhere_both_parts_have_the_same_days_and_can_be_kept() => Prop.ForAll(
        (from rule in Generator.Where(rule => SeriesFaults.Refuse(rule) is null)
         from days in Gen.Choose(-5, 740)
         select (rule, rule.StartsOn.AddDays(days))).ToArbitrary(),
        drawn =>
        {
            var (rule, at) = drawn;
            var (before, following) = rule.SplitAt(at);
            IReadOnlyList<DateOnly> former = [.. before is null ? [] : SeriesDates.Of(before)];
            IReadOnlyList<DateOnly> latter = [.. following is null ? [] : SeriesDates.Of(following)];
            Assert.All(former, day => Assert.True(day < at));
            Assert.All(latter, day => Assert.True(day >= at));
            Assert.Equal(SeriesDates.Of(rule), [.. former, .. latter]);
            Assert.All([(before, former), (following, latter)], ((SeriesRule? Rule, IReadOnlyList<DateOnly> Days) part) =>
                Assert.True(part.Rule is null || part.Days.Count == 0 || SeriesFaults.Refuse(part.Rule) is null));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Every_occurrence_starts_when_the_clock_shows_the_time_or_skips_it() => Prop.ForAll(Nightly(), drawn =>
    {
        var (night, rule) = drawn;
        var occurrences = rule.Expand(WallClock.In(night.Zone));
        Assert.Equal(5, occurrences.Count);
        Assert.All(occurrences, one =>
        {
            var start = night.Of(one.RecurrenceId.ToDateTime(TimeOnly.Parse(rule.Time, null)));
            Assert.Equal(night.Interval(start, night.EndOf(start, rule.Minutes)), one.During);
        });
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static Gen<SeriesRule> Generator { get; } =
        from frequency in Gen.Elements(Enum.GetValues<SeriesFrequency>())
        from start in Gen.Choose(0, 800)
        from interval in Gen.Frequency((4, Gen.Choose(1, 4)), (1, Gen.Choose(1, 52)))
        from weekdays in Gen.SubListOf(Enum.GetValues<Weekday>())
        from day in Gen.Choose(1, 31)
        from week in Gen.Elements(Enum.GetValues<WeekOfMonth>())
        from weekday in Gen.Elements(Enum.GetValues<Weekday>())
        from monthly in Gen.Choose(0, 2)
        from counted in ArbMap.Default.GeneratorFor<bool>()
        from count in Gen.Choose(1, 366)
        from until in Gen.Choose(0, 730)
        from skip in Gen.ListOf(Gen.Choose(0, 60), 5)
        let startsOn = new DateOnly(2026, 1, 1).AddDays(start)
        select new SeriesRule(
            frequency, startsOn, "09:00", 60, interval,
            frequency is SeriesFrequency.Weekly && weekdays.Count > 0 ? [.. weekdays] : null,
            frequency is SeriesFrequency.Monthly && monthly == 1 ? day : null,
            frequency is SeriesFrequency.Monthly && monthly == 2 ? new MonthlyWeekday(week, weekday) : null,
            counted ? count : null,
            counted ? null : startsOn.AddDays(until),
            [.. skip.Distinct().Select(startsOn.AddDays)]);

    private static Arbitrary<SeriesRule> Rules() => Generator.ToArbitrary();

    private static Arbitrary<(Minutes Night, SeriesRule Rule)> Nightly() => (
        from night in Gen.Elements(Minutes.Nights.AsEnumerable())
        from time in Gen.Frequency((1, Gen.Choose(0, 239)), (1, Gen.Choose(0, 1439)))
        from minutes in Gen.Elements(1, 45, 90, 600, 1440)
        select (night, new SeriesRule(SeriesFrequency.Daily, night.Night.AddDays(-2), $"{time / 60:00}:{time % 60:00}", minutes, Count: 5))).ToArbitrary();

    private static IEnumerable<DateOnly> LookedAt(SeriesRule rule)
    {
        var last = rule.StartsOn.AddMonths(24);
        return Enumerable.Range(0, last.DayNumber - rule.StartsOn.DayNumber + 1).Select(rule.StartsOn.AddDays)
            .Where(day => (rule.Until is null || day <= rule.Until) && Belongs(rule, day))
            .Take(Math.Min(rule.Count ?? 366, 366));
    }

    private static bool Belongs(SeriesRule rule, DateOnly day) => rule.Frequency switch
    {
        SeriesFrequency.Daily => (day.DayNumber - rule.StartsOn.DayNumber) % rule.Interval == 0,
        // The first of January of the year 1 was a Monday.
        SeriesFrequency.Weekly => ((day.DayNumber / 7) - (rule.StartsOn.DayNumber / 7)) % rule.Interval == 0
            && (rule.Weekdays is null ? day.DayOfWeek == rule.StartsOn.DayOfWeek : rule.Weekdays.Any(one => one.ToString() == day.DayOfWeek.ToString())),
        _ => ((day.Year * 12) + day.Month - (rule.StartsOn.Year * 12) - rule.StartsOn.Month) % rule.Interval == 0
            && (rule.Weekday is { } which ? IsNth(day, which) : day.Day == (rule.DayOfMonth ?? rule.StartsOn.Day)),
    };

    private static bool IsNth(DateOnly day, MonthlyWeekday which) =>
        which.Day.ToString() == day.DayOfWeek.ToString()
        && (which.Week is WeekOfMonth.Last ? day.AddDays(7).Month != day.Month : (day.Day - 1) / 7 == (int)which.Week);
}
