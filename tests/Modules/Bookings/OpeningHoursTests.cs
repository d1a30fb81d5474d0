using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;

namespace Portico.Tests.Modules.Bookings;

public sealed class OpeningHoursTests
{
    [Theory]
    [InlineData("00:00", 0), InlineData("08:05", 485), InlineData("19:59", 1199), InlineData("23:59", 1439), InlineData("24:00", 1440)]
    public void Times_of_day_go_from_midnight_to_midnight(string text, int minutes)
    {
        Assert.True(DayTime.TryParse(text, out var read));
        Assert.Equal(minutes, read);
    }

    [Theory]
    [InlineData(""), InlineData("8:00"), InlineData("08:60"), InlineData("24:01"), InlineData("25:00"), InlineData("08.00"), InlineData("08:00:00"), InlineData(" 08:00"), InlineData("٠٨:٠٠")]
    public void Other_texts_are_no_times_of_day(string text) => Assert.False(DayTime.TryParse(text, out _));

    [Theory]
    [InlineData(true, "08:00-20:00"), InlineData(true, "00:00-24:00"), InlineData(true, "14:00-18:00", "08:00-12:00"), InlineData(true, "08:00-12:00", "12:00-18:00")]
    [InlineData(false, "20:00-08:00"), InlineData(false, "08:00-08:00"), InlineData(false, "08:00-12:01", "12:00-18:00")]
    [InlineData(false, "08:00-20:00", "09:00-10:00"), InlineData(false, "08:00-20:00", "08:00-20:00"), InlineData(false, "08:00-nine")]
    public void Ranges_of_a_day_close_after_they_open_and_share_no_minute(bool isFine, params string[] ranges)
    {
        var day = ranges.Select(range => range.Split('-')).Select(range => new DayRange(range[0], range[1])).ToList();
        Assert.Equal(isFine, WellFormedHours.Refuse(day) is null);
        Assert.Equal(isFine, WellFormedHours.Refuse(day.Select(range => new OpeningRange(Weekday.Friday, range.Opens, range.Closes))) is null);
    }

    [Fact]
    public void The_same_hours_on_several_days_do_not_overlap() =>
        Assert.Null(WellFormedHours.Refuse(Enum.GetValues<Weekday>().Select(day => new OpeningRange(day, "00:00", "24:00"))));

    [Fact]
    public void They_are_kept_as_callers_write_them_from_Monday_on()
    {
        var kept = OpeningHoursJson.Write([new OpeningRange(Weekday.Sunday, "10:00", "12:00"), new(Weekday.Monday, "14:00", "18:00"), new(Weekday.Monday, "08:00", "12:00")]);
        Assert.Equal(
            """[{"day":"monday","opens":"08:00","closes":"12:00"},{"day":"monday","opens":"14:00","closes":"18:00"},{"day":"sunday","opens":"10:00","closes":"12:00"}]""", kept);
        Assert.Equal([Weekday.Monday, Weekday.Monday, Weekday.Sunday], OpeningHoursJson.ReadWeek(kept).Select(range => range.Day));
    }

    [Theory]
    [InlineData("2026-12-25", true), InlineData("2000-01-01", true), InlineData("2100-01-01", true)]
    [InlineData("1999-12-31", false), InlineData("2100-01-02", false), InlineData("2026-02-30", false), InlineData("2026-1-1", false), InlineData("25/12/2026", false), InlineData("", false)]
    public void Days_are_written_one_way_and_within_a_century(string text, bool isDay) => Assert.Equal(isDay, CalendarDay.TryRead(text, out _));
}
