using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Series;

namespace Portico.Tests.Modules.Bookings;

public sealed class SeriesTests
{
    private static readonly WallClock Rome = WallClock.In("Europe/Rome");
    private static readonly DateOnly Monday = new(2026, 5, 4);

    [Theory]
    [InlineData("Europe/Rome", "2026-03-23", "2026-10-26")]
    [InlineData("America/New_York", "2026-03-02", "2026-11-02")]
    public void Every_Monday_at_nine_is_at_nine_whatever_the_clocks_do(string zone, string first, string last)
    {
        var clock = WallClock.In(zone);
        var rule = new SeriesRule(SeriesFrequency.Weekly, Day(first), "09:00", 90, Until: Day(last));
        var occurrences = rule.Expand(clock);
        Assert.All(occurrences, one =>
        {
            Assert.Equal(one.RecurrenceId.ToDateTime(new(9, 0)), clock.At(one.During.Start));
            Assert.Equal(TimeSpan.FromMinutes(90), one.During.Length);
        });
        Assert.True(occurrences.Select(one => one.During.Start.UtcDateTime.Hour).Distinct().Count() == 2, "no change of clocks was in it");
    }

    [Fact]
    public void A_start_that_the_clock_skips_is_later_by_what_it_skips_and_one_shown_twice_is_the_first()
    {
        var nightly = new SeriesRule(SeriesFrequency.Daily, new(2026, 3, 28), "02:30", 60, Count: 3);
        Assert.Equal(["01:30", "01:30", "00:30"], nightly.Expand(Rome).Select(one => $"{one.During.Start.UtcDateTime:HH:mm}"));
        Assert.Equal([28, 29, 30], nightly.Expand(Rome).Select(one => one.RecurrenceId.Day));
        var autumn = Assert.Single((nightly with { StartsOn = new(2026, 10, 25), Count = 1 }).Expand(Rome));
        Assert.Equal("00:30 01:30", $"{autumn.During.Start.UtcDateTime:HH:mm} {autumn.During.End.UtcDateTime:HH:mm}");
    }

    [Fact]
    public void The_31st_is_left_out_in_months_that_have_none() => Assert.Equal(
        [1, 3, 5, 7, 8, 10, 12],
        SeriesDates.Of(new(SeriesFrequency.Monthly, new(2026, 1, 31), "09:00", 60, Count: 7)).Select(day => day.Month));

    [Fact]
    public void The_second_Tuesday_and_the_last_Friday_are_found()
    {
        var rule = new SeriesRule(SeriesFrequency.Monthly, new(2026, 1, 1), "09:00", 60, Count: 5);
        Assert.Equal([13, 10, 10, 14, 12], SeriesDates.Of(rule with { Weekday = new(WeekOfMonth.Second, Weekday.Tuesday) }).Select(day => day.Day));
        Assert.Equal([30, 27, 27, 24, 29], SeriesDates.Of(rule with { Weekday = new(WeekOfMonth.Last, Weekday.Friday) }).Select(day => day.Day));
    }

    [Fact]
    public void Every_other_week_counts_weeks_from_Monday_also_when_it_starts_in_the_middle_of_one() => Assert.Equal(
        [7, 18, 21, 1],
        SeriesDates.Of(new(SeriesFrequency.Weekly, new(2026, 5, 6), "09:00", 60, 2, [Weekday.Thursday, Weekday.Monday], Count: 4)).Select(day => day.Day));

    [Fact]
    public void A_skipped_day_counts_but_does_not_take_place() => Assert.Equal(
        [4, 6],
        new SeriesRule(SeriesFrequency.Daily, Monday, "09:00", 60, Count: 3, Skip: [Monday.AddDays(1)]).Expand(Rome).Select(one => one.RecurrenceId.Day));

    [Fact]
    public void What_follows_a_split_goes_on_as_before()
    {
        var rule = new SeriesRule(SeriesFrequency.Monthly, new(2026, 1, 31), "09:00", 60, Count: 6, Skip: [new(2026, 3, 31), new(2026, 7, 31)]);
        var (before, following) = rule.SplitAt(new(2026, 6, 15));
        Assert.Equal((3, new DateOnly(2026, 1, 31)), (before!.Count, before.StartsOn));
        Assert.Equal((3, new DateOnly(2026, 7, 31)), (following!.Count, following.StartsOn));
        Assert.Equal([new(2026, 7, 31)], following.Skip!);
        Assert.Null(rule.SplitAt(rule.StartsOn).Before);
        Assert.Null(rule.SplitAt(new(2027, 1, 1)).Following);
    }

    [Fact]
    public void A_rule_that_can_be_kept_is_accepted() => Assert.Null(SeriesFaults.Refuse(Weekly()));

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_rule_that_cannot_be_kept_names_the_field(string field, SeriesRule rule) => Assert.Equal(field, SeriesFaults.Refuse(rule)?.Field);

    public static TheoryData<string, SeriesRule> Wrong() => new()
    {
        { "count", Weekly() with { Count = null } },
        { "until", Weekly() with { Until = Monday.AddDays(70) } },
        { "starts_on", Weekly() with { StartsOn = new(1999, 12, 31) } },
        { "weekdays", Weekly() with { Frequency = SeriesFrequency.Daily } },
        { "weekdays", Weekly() with { Weekdays = [(Weekday)7] } },
        { "day_of_month", Weekly() with { DayOfMonth = 3 } },
        { "weekday", Weekly() with { Weekday = new(WeekOfMonth.First, Weekday.Monday) } },
        { "weekday", new(SeriesFrequency.Monthly, Monday, "09:00", 60, DayOfMonth: 3, Weekday: new(WeekOfMonth.First, Weekday.Monday), Count: 3) },
        { "until", Weekly() with { Count = null, Until = Monday.AddDays(-1) } },
        { "until", Weekly() with { Count = null, Until = Monday.AddMonths(24).AddDays(1) } },
        { "until", new(SeriesFrequency.Daily, Monday, "09:00", 60, Until: Monday.AddDays(366)) },
        { "count", Weekly() with { Interval = 52, Weekdays = null, Count = 4 } },
        { "until", new(SeriesFrequency.Daily, Monday, "09:00", 60, Count: 1, Skip: [Monday]) },
        { "until", new(SeriesFrequency.Monthly, new(2026, 2, 1), "09:00", 60, DayOfMonth: 30, Until: new(2026, 2, 28)) },
        { "minutes", new(SeriesFrequency.Daily, Monday, "09:00", 1441, Count: 2) },
    };

    [Fact]
    public void The_longest_rules_are_accepted()
    {
        Assert.Null(SeriesFaults.Refuse(new(SeriesFrequency.Daily, Monday, "09:00", 1440, Until: Monday.AddDays(365))));
        Assert.Null(SeriesFaults.Refuse(new(SeriesFrequency.Daily, Monday, "09:00", 60, Count: 366)));
        Assert.Null(SeriesFaults.Refuse(new(SeriesFrequency.Monthly, Monday, "09:00", 60, Until: Monday.AddMonths(24))));
    }

    [Fact]
    public void It_is_read_from_what_callers_send_and_what_is_missing_is_not_made_up()
    {
        JsonSerializerOptions options = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        };
        var read = JsonSerializer.Deserialize<SeriesRule>(
            """
            {
                "frequency": "monthly", "starts_on": "2026-05-04", "time": "09:00", "minutes": 60,
                "weekday": { "week": "last", "day": "friday" }, "count": 3
            }
            """, options);
        Assert.Equal(new SeriesRule(SeriesFrequency.Monthly, Monday, "09:00", 60, Weekday: new(WeekOfMonth.Last, Weekday.Friday), Count: 3), read);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SeriesRule>("""{ "starts_on": "2026-05-04", "time": "09:00", "minutes": 60 }""", options));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<MonthlyWeekday>("""{ "week": "last" }""", options));
    }

    [Theory]
    [InlineData("09:00", 60, 1, true)]
    [InlineData("24:00", 60, 1, false)]
    [InlineData("9:00", 60, 1, false)]
    [InlineData("09:00\n", 60, 1, false)]
    [InlineData("09:00", 0, 1, false)]
    [InlineData("09:00", 60, 0, false)]
    [InlineData("09:00", 60, 53, false)]
    public void Single_values_have_their_ranges(string time, int minutes, int interval, bool isValid)
    {
        var rule = new SeriesRule(SeriesFrequency.Daily, Monday, time, minutes, interval, Count: 3);
        Assert.Equal(isValid, Validator.TryValidateObject(rule, new(rule), null, validateAllProperties: true));
    }

    private static SeriesRule Weekly() => new(SeriesFrequency.Weekly, Monday, "09:00", 60, 1, [Weekday.Monday, Weekday.Wednesday], Count: 10);

    private static DateOnly Day(string text) => DateOnly.Parse(text, null);
}
