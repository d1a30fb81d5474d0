using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain.Slots;
using Interval = Portico.Bookings.Domain.Calendar.Interval;

namespace Portico.Tests.Modules.Bookings;

/// <summary>What the views of a day and a month and the next times say, against a look at every minute around nights on which the clocks are changed.</summary>
public sealed class CalendarViewTests
{
    private static readonly Gen<int?> Length = Gen.Elements<int?>(null, 15, 60, 90, 600, 1440, 1500, 2880);

    [Fact]
    public void A_day_is_from_midnight_to_midnight_and_its_state_and_first_start_are_those_of_its_minutes() => Prop.ForAll(
        (from drawn in RandomDay.Any
         from minutes in Length
         select (drawn, minutes)).ToArbitrary(),
        drawn =>
        {
            var (space, minutes) = drawn;
            var usable = space.Usable();
            foreach (var date in Enumerable.Range(-1, 3).Select(space.Minutes.Night.AddDays))
            {
                var (begin, end) = (space.Minutes.Of(date, 0), space.Minutes.Of(date.AddDays(1), 0));
                Assert.Equal(space.Minutes.Interval(begin, end), space.Hours.Calendar.Clock.Day(date));
                var outlook = DayOutlook.Of(date, new([space.Slots]), space.Rules, space.Hours.Calendar, minutes, space.Minutes.At(space.Now));

                var starts = space.AllFree(minutes ?? space.Shortest).Where(slot => slot.Start >= space.Minutes.At(begin) && slot.Start < space.Minutes.At(end)).ToList();
                Assert.Equal(starts.Count == 0 ? null : starts[0], outlook.First);
                Assert.Equal(starts.Count > 0, outlook.State is DayState.Free);
                var free = from run in space.Minutes.Runs(minute => usable[minute] && minute >= begin && minute >= space.Earliest)
                           where space.Starts(run, space.Shortest).Any(start => start < end)
                           select run.Shared(space.Minutes.Interval(begin, end)).Length.TotalMinutes;
                Assert.Equal(free.Sum(), outlook.Free.TotalMinutes);
                Assert.Equal(outlook.State is DayState.Closed, starts.Count == 0 && !space.Hours.Open().AsSpan(begin, end - begin).Contains(true));
                if (outlook.State is DayState.Full or DayState.NotBookable)
                {
                    var isOfAnotherTime = end <= space.Earliest || date > space.Minutes.DayAt(space.Now).AddDays(space.Rules.HorizonDays);
                    Assert.Equal(isOfAnotherTime ? DayState.NotBookable : DayState.Full, outlook.State);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void A_space_that_is_only_had_for_days_is_free_on_a_day_of_which_nobody_has_some() => Prop.ForAll(RandomDay.Any.ToArbitrary(), drawn =>
    {
        var space = drawn with { Rules = drawn.Rules with { MinMinutes = 1441, MaxMinutes = 44640, HorizonDays = 30 } };
        var (begin, end) = (space.Minutes.Of(space.Minutes.Night, 0), space.Minutes.Of(space.Minutes.Night.AddDays(1), 0));
        var outlook = DayOutlook.Of(space.Minutes.Night, new([space.Slots]), space.Rules, space.Hours.Calendar, null, space.Minutes.At(space.Now));

        var unclaimed = space.Unclaimed();
        Assert.Equal(Enumerable.Range(begin, end - begin).Count(minute => minute >= space.Earliest && unclaimed[minute]), outlook.Free.TotalMinutes);
        Assert.Equal(outlook.Free > TimeSpan.Zero, outlook.State is DayState.Free);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void The_next_times_of_several_spaces_are_the_first_at_which_one_of_them_can_be_had_with_all_that_can() => Prop.ForAll(
        (from hours in RandomHours.Any
         from first in RandomDay.On(hours)
         from second in RandomDay.On(hours)
         from third in RandomDay.On(hours)
         from minutes in Gen.Elements(15, 60, 90, 600, 1440, 1500)
         from count in Gen.Choose(1, 6)
         select (Spaces: (RandomDay[])[first, second, third], minutes, count)).ToArbitrary(),
        drawn =>
        {
            var window = drawn.Spaces[0].Window;
            var expected =
                (from space in drawn.Spaces
                 from slot in space.AllFree(drawn.minutes)
                 where slot.Start >= window.Start && slot.Start < window.End
                 group space by slot into free
                 orderby free.Key.Start
                 select (free.Key, string.Join('|', free.Select(space => Array.IndexOf(drawn.Spaces, space))))).Take(drawn.count);
            var next = NextStarts.Of(drawn.Spaces.Select((space, index) => (index, new AreaSlots([space.Slots]))), drawn.minutes, window, drawn.count);
            Assert.Equal(expected, next.Select(time => (time.Slot, string.Join('|', time.Spaces))));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Taken_of_an_area_is_when_every_desk_is_and_of_one_space_whenever_somebody_is_in_the_way() => Prop.ForAll(
        (from hours in RandomHours.Any
         from first in RandomDay.On(hours)
         from second in RandomDay.On(hours)
         from count in Gen.Choose(1, 2)
         select ((RandomDay[])[first, second with { Rules = first.Rules, Now = first.Now }])[..count]).ToArbitrary(),
        desks =>
        {
            var window = desks[0].Window;
            var unclaimed = desks.Select(desk => desk.Unclaimed()).ToList();
            var told = desks[0].Minutes.Mark(new AreaSlots([.. desks.Select(desk => desk.Slots)]).TakenWithin(window).Select(part => new Interval(part.From, part.Until).Shared(window)));
            for (var minute = desks[0].From; minute < desks[0].Until; minute++)
            {
                Assert.Equal(unclaimed.TrueForAll(free => !free[minute]), told[minute]);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
