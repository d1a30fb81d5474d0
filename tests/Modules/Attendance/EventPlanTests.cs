using Portico.Members.Domain.Attendance;
using Portico.Platform.Time;

namespace Portico.Tests.Modules.Attendance;

public sealed class EventPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 60)]
    [InlineData(731 * 1440, 60)]
    [InlineData(60, 31 * 1440)]
    public void What_can_be_planned(int startsIn, int minutes) => Assert.Null(Plan(startsIn, minutes).Refuse(Now));

    [Theory]
    [InlineData(60, 0, "event-ends-before-start")]
    [InlineData(60, -1, "event-ends-before-start")]
    [InlineData(60, (31 * 1440) + 1, "event-too-long")]
    [InlineData(-6, 60, "event-in-the-past")]
    [InlineData((731 * 1440) + 1, 60, "event-too-far-ahead")]
    public void What_cannot(int startsIn, int minutes, string code) => Assert.Equal(code, Plan(startsIn, minutes).Refuse(Now));

    [Fact]
    public void An_event_that_goes_on_may_change_its_end_though_it_began_in_the_past() =>
        Assert.Null(Plan(-600, 1200).Refuse(Now, startIsNew: false));

    [Fact]
    public void The_ends_of_time_are_refused_and_not_stumbled_over()
    {
        var plan = Plan(60, 60);
        Assert.Equal("event-too-long", (plan with { EndsAt = DateTimeOffset.MaxValue }).Refuse(Now));
        Assert.Equal("event-too-far-ahead", (plan with { StartsAt = DateTimeOffset.MaxValue.AddTicks(-1), EndsAt = DateTimeOffset.MaxValue }).Refuse(Now));
        Assert.Equal("event-in-the-past", (plan with { StartsAt = DateTimeOffset.MinValue, EndsAt = DateTimeOffset.MinValue.AddTicks(1) }).Refuse(Now));
        Assert.Equal("event-ends-before-start", (plan with { StartsAt = DateTimeOffset.MaxValue, EndsAt = DateTimeOffset.MinValue }).Refuse(Now));
    }

    [Theory]
    [InlineData("Europe/Rome", true)]
    [InlineData("America/Argentina/Buenos_Aires", true)]
    [InlineData("Etc/GMT+5", true)]
    [InlineData("UTC", true)]
    [InlineData("", false)]
    [InlineData("Europe/Atlantis", false)]
    [InlineData("Europe/Rome\n", false)]
    [InlineData("../../../etc/passwd", false)]
    [InlineData("/etc/localtime", false)]
    [InlineData("localtime", false)]
    [InlineData("tzdata.zi", false)]
    [InlineData("posix/Europe/Rome", false)]
    [InlineData("Europe", false)]
    [InlineData("W. Europe Standard Time", false)]
    public void Time_zones_are_known_by_their_IANA_names(string name, bool known) => Assert.Equal(known, TimeZones.IsKnown(name));

    private static EventPlan Plan(int startsIn, int minutes) => new(Now.AddMinutes(startsIn), Now.AddMinutes(startsIn + minutes), "Europe/Rome", 30, 0, 15);
}
