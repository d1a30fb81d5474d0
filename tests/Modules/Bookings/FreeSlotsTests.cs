using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain.Slots;
using Interval = Portico.Bookings.Domain.Calendar.Interval;

namespace Portico.Tests.Modules.Bookings;

public sealed class FreeSlotsTests
{
    private static readonly Arbitrary<RandomDay> Days = RandomDay.Any.ToArbitrary();

    [Fact]
    public void Free_are_the_longest_stretches_of_usable_minutes_in_which_a_booking_fits() => Prop.ForAll(Days, day =>
    {
        var usable = day.Usable();
        Assert.Equal(
            from run in day.Minutes.Runs(minute => usable[minute] && minute >= day.From && minute >= day.Earliest)
            where day.Starts(run, day.Shortest).Any(start => start < day.Until)
            select run.Shared(day.Window),
            day.Slots.Within(day.Window));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void The_next_times_are_the_first_that_a_look_at_every_minute_finds() => Prop.ForAll(
        (from day in RandomDay.Any
         from minutes in Gen.Elements(15, 60, 90, 600, 1440, 1500, 1980, 2880)
         from count in Gen.Choose(1, 5)
         select (day, minutes, count)).ToArbitrary(),
        drawn =>
        {
            var (day, minutes, count) = drawn;
            Assert.Equal(
                day.AllFree(minutes).Where(slot => slot.Start >= day.Minutes.At(day.From)).Take(count),
                day.Slots.NextFree(minutes, day.Minutes.At(day.From), count));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Of_what_is_only_had_for_days_all_is_free_that_nobody_has() => Prop.ForAll(Days, drawn =>
    {
        var day = drawn with { Rules = drawn.Rules with { MinMinutes = 1441, MaxMinutes = 44640 } };
        var unclaimed = day.Unclaimed();
        var begin = Math.Max(day.From, day.Earliest);
        var isWithinHorizon = begin < day.Minutes.Count && day.Minutes.DayAt(begin) <= day.Minutes.DayAt(day.Now).AddDays(day.Rules.HorizonDays);
        Assert.Equal(
            isWithinHorizon ? day.Minutes.Runs(minute => minute >= begin && minute < day.Until && unclaimed[minute]) : [],
            day.Slots.Within(day.Window));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_time_is_free_when_nothing_and_nobody_is_in_its_way_and_otherwise_there_is_a_reason() => Prop.ForAll(Days, day =>
    {
        var unclaimed = day.Unclaimed();
        foreach (var asked in Asked(day, day.Usable()))
        {
            var isFree = MinutesOf(day, asked).All(minute => unclaimed[minute]) && day.ClosedMinutes(asked).Count == 0;
            Assert.Equal(isFree, day.Slots.IsFree(asked));
            Assert.Equal(isFree, day.Slots.Verdict(asked).Count == 0);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Every_reason_is_true_and_none_is_missing() => Prop.ForAll(Days, day =>
    {
        foreach (var asked in Asked(day, day.Usable()))
        {
            var minutes = MinutesOf(day, asked).ToHashSet();
            var wide = MinutesOf(day, asked.Widen(day.Rules.BufferBefore, day.Rules.BufferAfter)).ToHashSet();
            var expected =
                from one in day.Busy
                where one.HeldUntil is null || one.HeldUntil > day.Minutes.At(day.Now)
                where MinutesOf(day, one.Claimed).Any(wide.Contains)
                select !MinutesOf(day, one.During).Any(minutes.Contains) ? SlotReasonKind.Buffer : one.Kind switch
                {
                    BusyKind.Hold => SlotReasonKind.Held,
                    BusyKind.Block => SlotReasonKind.Block,
                    BusyKind.Line => SlotReasonKind.WaitingList,
                    _ => SlotReasonKind.Taken,
                };
            var reasons = day.Slots.Verdict(asked);
            Assert.Equal(expected.Order(), reasons.Select(reason => reason.Reason).Where(reason => reason is not SlotReasonKind.Closed).Order());
            Assert.Equal(
                day.ClosedMinutes(asked),
                reasons.Where(reason => reason.Reason is SlotReasonKind.Closed).SelectMany(reason => MinutesOf(day, new(reason.From, reason.Until))));
            Assert.All(reasons, reason => Assert.True(new Interval(reason.From, reason.Until).Overlaps(asked), "it is not in the way"));
            Assert.Equal(reasons.Select(reason => reason.From).Order(), reasons.Select(reason => reason.From));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void An_area_is_free_when_one_of_its_desks_is_for_all_of_the_time() => Prop.ForAll(
        (from hours in RandomHours.Any
         from first in RandomDay.On(hours)
         from second in RandomDay.On(hours)
         from third in RandomDay.On(hours)
         select (RandomDay[])[first, second with { Rules = first.Rules, Now = first.Now }, third with { Rules = first.Rules, Now = first.Now }]).ToArbitrary(),
        desks =>
        {
            var area = new AreaSlots([.. desks.Select(desk => desk.Slots)]);
            var unclaimed = desks.Select(desk => desk.Unclaimed()).ToList();
            foreach (var asked in desks.SelectMany(desk => Asked(desk, desk.Usable())))
            {
                var free = desks[0].ClosedMinutes(asked).Count > 0 ? 0
                    : unclaimed.Count(minutes => MinutesOf(desks[0], asked).All(minute => minutes[minute]));
                Assert.Equal(free, area.CountFree(asked));
                Assert.Equal(free > 0, area.Verdict(asked).Count == 0);
            }

            var single = desks.SelectMany(desk => desk.Slots.Within(desks[0].Window)).ToList();
            var longest = area.Within(desks[0].Window);
            Assert.All(single, slot => Assert.Contains(longest, other => other.Contains(slot)));
            Assert.All(longest, slot => Assert.Contains(slot, single));
            Assert.All(longest, slot => Assert.Single(longest, other => other.Contains(slot)));

            var after = desks[0].Minutes.At(desks[0].From);
            Assert.Equal(
                desks.SelectMany(desk => desk.Slots.NextFree(60, after, 1000)).Distinct().OrderBy(slot => slot.Start).Take(4),
                area.NextFree(60, after, 4));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    // What is usable to the minute and a minute more or less of it; the window; and from one stretch to the next, for what lasts days.
    private static IEnumerable<Interval> Asked(RandomDay day, bool[] usable)
    {
        var runs = day.Minutes.Runs(minute => usable[minute] && minute >= day.From);
        var run = runs.FirstOrDefault(day.Window);
        if (!day.Window.IsEmpty)
        {
            yield return day.Window;
        }

        if (runs is [_, .., var last])
        {
            yield return new(run.Start, last.End);
        }

        foreach (var (from, until) in ((int, int)[])[(0, 0), (-1, 0), (0, 1), (1, -1)])
        {
            var asked = new Interval(run.Start.AddMinutes(from), run.End.AddMinutes(until));
            if (!asked.IsEmpty && asked.Start >= day.Minutes.At(RandomDay.First(day.Hours)) && asked.End <= day.Minutes.At(RandomDay.Last(day.Hours)))
            {
                yield return asked;
            }
        }
    }

    private static IEnumerable<int> MinutesOf(RandomDay day, Interval interval) =>
        Enumerable.Range((int)(interval.Start - day.Minutes.Begin).TotalMinutes, (int)interval.Length.TotalMinutes);
}
