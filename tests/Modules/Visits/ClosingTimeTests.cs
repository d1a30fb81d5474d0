using FsCheck;
using FsCheck.Fluent;
using Portico.Members.Domain.Visits;

namespace Portico.Tests.Modules.Visits;

public sealed class ClosingTimeTests
{
    private static readonly string[] Zones = ["Europe/Rome", "America/New_York", "UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo"];

    [Theory]
    [InlineData("Europe/Rome", "22:00", "2026-06-01T10:00:00Z", "2026-06-01T20:00:00Z")]
    [InlineData("America/New_York", "22:00", "2026-06-01T10:00:00Z", "2026-06-02T02:00:00Z")]
    // The clocks change between coming and closing.
    [InlineData("Europe/Rome", "22:00", "2026-03-29T00:30:00Z", "2026-03-29T20:00:00Z")]
    [InlineData("Europe/Rome", "22:00", "2026-10-25T00:30:00Z", "2026-10-25T21:00:00Z")]
    [InlineData("America/New_York", "23:00", "2026-03-08T05:30:00Z", "2026-03-09T03:00:00Z")]
    [InlineData("America/New_York", "23:00", "2026-11-01T04:30:00Z", "2026-11-02T04:00:00Z")]
    // After closing, until midnight; and from midnight on it is the next day.
    [InlineData("Europe/Rome", "22:00", "2026-06-01T20:30:00Z", "2026-06-01T22:00:00Z")]
    [InlineData("Europe/Rome", "22:00", "2026-06-01T20:00:00Z", "2026-06-01T22:00:00Z")]
    [InlineData("Europe/Rome", "22:00", "2026-06-01T22:00:00Z", "2026-06-02T20:00:00Z")]
    // Doors that close after midnight.
    [InlineData("Europe/Rome", "02:00", "2026-06-01T18:00:00Z", "2026-06-02T00:00:00Z")]
    [InlineData("Europe/Rome", "00:00", "2026-06-01T18:00:00Z", "2026-06-01T22:00:00Z")]
    // 02:30 is skipped in spring, and comes twice in autumn.
    [InlineData("Europe/Rome", "02:30", "2026-03-28T20:00:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("Europe/Rome", "02:30", "2026-10-24T20:00:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("Europe/Rome", "02:30", "2026-10-25T00:45:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("America/New_York", "01:30", "2026-11-01T00:00:00Z", "2026-11-01T06:30:00Z")]
    public void A_forgotten_visit_ends_when_the_clock_on_the_wall_says_so(string zone, string closesAt, string start, string end) =>
        Assert.Equal(DateTimeOffset.Parse(end), ClosingTime.After(DateTimeOffset.Parse(start), zone, TimeOnly.Parse(closesAt)));

    [Fact]
    public void It_ends_after_it_began_and_never_holds_a_closing_time_inside() => Prop.ForAll(Cases(), c =>
    {
        var end = ClosingTime.After(c.Start, c.Zone, c.ClosesAt);
        Assert.True(end > c.Start);
        // A day, and the hour that a change of the clocks may add.
        Assert.True(end - c.Start <= TimeSpan.FromHours(25));
        var zone = TimeZoneInfo.FindSystemTimeZoneById(c.Zone);
        Assert.Equal(end, ClosingTime.After(end.AddTicks(-1), c.Zone, c.ClosesAt));
        for (var inside = c.Start.AddMinutes(1); inside < end; inside = inside.AddMinutes(7))
        {
            Assert.Equal(end, ClosingTime.After(inside, c.Zone, c.ClosesAt));
        }

        var wall = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(end, zone).DateTime);
        var skipped = zone.IsInvalidTime(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(end.AddHours(-2), zone).DateTime).ToDateTime(c.ClosesAt))
            || zone.IsInvalidTime(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(end, zone).DateTime).ToDateTime(TimeOnly.MinValue));
        Assert.True(skipped || wall == c.ClosesAt || (c.ClosesAt >= new TimeOnly(12, 0) && wall == TimeOnly.MinValue), $"{c} ended at {wall}");
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<Case> Cases() => (
        from zone in Gen.Elements(Zones)
        from minutes in Gen.Choose(0, (24 * 60) - 1)
        // Around the changes of the clocks more often than elsewhere.
        from day in Gen.OneOf(Gen.Choose(0, 365), Gen.Elements(66, 67, 87, 88, 112, 113, 297, 298, 303, 304, 305))
        from second in Gen.Choose(0, 24 * 3600)
        select new Case(zone, TimeOnly.MinValue.AddMinutes(minutes), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day).AddSeconds(second)))
        .ToArbitrary();

    private sealed record Case(string Zone, TimeOnly ClosesAt, DateTimeOffset Start);
}
