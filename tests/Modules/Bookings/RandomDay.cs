using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain.Rules;
using Portico.Bookings.Domain.Slots;
using Interval = Portico.Bookings.Domain.Calendar.Interval;

namespace Portico.Tests.Modules.Bookings;

/// <summary>A space around a night on which the clocks are changed: who has it when, and the minutes in which it can still be had.</summary>
internal sealed record RandomDay(RandomHours Hours, SpaceRules Rules, IReadOnlyList<Busy> Busy, int Now, int From, int Until)
{
    public Minutes Minutes => Hours.Minutes;

    public Interval Window => Minutes.Interval(From, Until);

    public FreeSlots Slots => new(Rules, Hours.Calendar.Clock, Hours.Calendar.OpenWithin(Minutes.Interval(First(Hours), Last(Hours))), Busy, Minutes.At(Now));

    public int Earliest => Now + Rules.LeadMinutes;

    /// <summary>How long the shortest booking is.</summary>
    public int Shortest => Enumerable.Range(1, 100_000).First(minutes => minutes >= Rules.MinMinutes && minutes % Rules.StepMinutes == 0);

    public static Gen<RandomDay> Any { get; } =
        from hours in RandomHours.Any
        from day in On(hours)
        select day;

    public static Gen<RandomDay> On(RandomHours hours) =>
        from rules in Rule
        from now in Gen.Choose(First(hours) - 1440, First(hours) + 1440)
        from busy in Gen.ListOf(Taken(hours, now), 4)
        from count in Gen.Choose(0, 4)
        from one in Gen.Choose(First(hours), Last(hours))
        from other in Gen.Choose(First(hours), Last(hours))
        select new RandomDay(hours, rules, [.. busy.Take(count)], now, Math.Min(one, other), Math.Max(one, other));

    public static Gen<SpaceRules> Rule { get; } =
        from step in Gen.Elements(1, 5, 15, 30, 60, 120, 1440)
        from least in Gen.Elements(1, 30, 45, 60, 240, 1440)
        from lead in Gen.Elements(0, 0, 30, 600)
        from horizon in Gen.Elements(0, 1, 2, 30)
        from before in Gen.Elements(0, 0, 10, 60)
        from after in Gen.Elements(0, 0, 15, 90)
        select new SpaceRules(least, 2880, step, lead, horizon, 10, BookableBy.Everybody, [], false, before, after);

    public static int First(RandomHours hours) => hours.Minutes.Of(hours.Minutes.Night.AddDays(-1), 0);

    public static int Last(RandomHours hours) => hours.Minutes.Of(hours.Minutes.Night.AddDays(2), 0);

    /// <summary>In which minutes a booking may be: open, and its buffers around them meet nobody's claim.</summary>
    public bool[] Usable() => [.. Hours.Open().Zip(Unclaimed(), (open, unclaimed) => open && unclaimed)];

    /// <summary>In which nobody is in the way, whether it is open or not.</summary>
    public bool[] Unclaimed()
    {
        var claimed = Minutes.Mark(Busy.Where(one => one.HeldUntil is null || one.HeldUntil > Minutes.At(Now)).Select(one => one.Claimed));
        var (first, last) = (First(Hours), Last(Hours));
        return
        [
            .. Enumerable.Range(0, Minutes.Count).Select(minute =>
                minute >= first && minute < last
                && !claimed.AsSpan(minute - Rules.BufferBeforeMinutes, Rules.BufferBeforeMinutes + 1 + Rules.BufferAfterMinutes).Contains(true)),
        ];
    }

    /// <summary>Whether it lasts for more than a day of the calendar: then it may be closed meanwhile.</summary>
    public bool IsLong(Interval asked) => Minutes.IndexOf(asked.End) > Minutes.EndOf(Minutes.IndexOf(asked.Start), 1440);

    /// <summary>The minutes of it in which being closed is in its way: of more than a day those that it begins or ends with.</summary>
    public IReadOnlyList<int> ClosedMinutes(Interval asked)
    {
        var open = Hours.Open();
        var minutes = Enumerable.Range(Minutes.IndexOf(asked.Start), (int)asked.Length.TotalMinutes).ToList();
        return IsLong(asked)
            ? [.. minutes.TakeWhile(minute => !open[minute]).Union(Enumerable.Reverse(minutes).TakeWhile(minute => !open[minute])).Order()]
            : [.. minutes.Where(minute => !open[minute])];
    }

    /// <summary>Every start of so many minutes at which nothing is in the way, on step, early and late enough.</summary>
    public IEnumerable<Interval> AllFree(int minutes)
    {
        var unclaimed = Unclaimed();
        return
            from start in Starts(Minutes.Interval(First(Hours), Last(Hours)), minutes)
            let asked = Minutes.Interval(start, Minutes.EndOf(start, minutes))
            where Enumerable.Range(start, (int)asked.Length.TotalMinutes).All(minute => unclaimed[minute]) && ClosedMinutes(asked).Count == 0
            select asked;
    }

    /// <summary>Every start of so many minutes that lie within the stretch, on step, early and late enough.</summary>
    public IEnumerable<int> Starts(Interval stretch, int minutes) =>
        from start in Enumerable.Range((int)(stretch.Start - Minutes.Begin).TotalMinutes, (int)stretch.Length.TotalMinutes)
        where start >= Earliest && Minutes.OnStep(start, Rules.StepMinutes)
        where Minutes.DayAt(start) <= Minutes.DayAt(Now).AddDays(Rules.HorizonDays)
        where Minutes.At(Minutes.EndOf(start, minutes)) <= stretch.End
        select start;

    public override string ToString() =>
        $"{Hours}\n step {Rules.StepMinutes} least {Rules.MinMinutes} lead {Rules.LeadMinutes} horizon {Rules.HorizonDays}"
        + $" buffers {Rules.BufferBeforeMinutes} {Rules.BufferAfterMinutes}"
        + $"\n now {Minutes.At(Now):s} window {Minutes.At(From):s} {Minutes.At(Until):s}"
        + string.Concat(Busy.Select(one =>
            $"\n {one.Kind} {one.During.Start:s} {one.During.End:s} ({one.Claimed.Start:s} {one.Claimed.End:s}) {one.HeldUntil:s}"));

    private static Gen<Busy> Taken(RandomHours hours, int now) =>
        from start in Gen.Choose(First(hours) - 120, Last(hours))
        from length in Gen.Choose(1, 1000)
        from before in Gen.Elements(0, 5, 60)
        from after in Gen.Elements(0, 15, 120)
        from kind in Gen.Elements(Enum.GetValues<BusyKind>())
        from left in Gen.Elements(-10, 0, 1, 15)
        let during = hours.Minutes.Interval(start, start + length)
        select new Busy(
            during,
            during.Widen(TimeSpan.FromMinutes(before), TimeSpan.FromMinutes(after)),
            kind,
            kind is BusyKind.Hold ? hours.Minutes.At(now + left) : null);
}
