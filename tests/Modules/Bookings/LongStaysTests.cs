using Portico.Bookings.Domain.Calendar;

namespace Portico.Tests.Modules.Bookings;

/// <summary>Where what lasts for more than a day can begin.</summary>
public sealed class LongStaysTests
{
    /// <summary>
    /// A day and an hour over the night in which Troll skips from one to three: from half past two it would end at 03:34 UTC, from
    /// three at 02:00, when the place is open until then.
    /// </summary>
    [Fact]
    public void A_later_start_that_ends_earlier_is_found()
    {
        IReadOnlyList<Interval> open = [At(28, 2, 34, 5, 55), At(29, 0, 30, 2, 0), At(30, 2, 30, 2, 45)];

        Assert.Equal(open[0].Start.AddMinutes(26), LongStays.FirstStart(open, WallClock.In("Antarctica/Troll"), 1500, 1));
    }

    private static Interval At(int day, int hour, int minute, int untilHour, int untilMinute) => new(
        new(2026, 3, day, hour, minute, 0, TimeSpan.Zero), new(2026, 3, day, untilHour, untilMinute, 0, TimeSpan.Zero));
}
