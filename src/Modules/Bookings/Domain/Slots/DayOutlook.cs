using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Rules;

namespace Portico.Bookings.Domain.Slots;

/// <summary>A day in one space.</summary>
/// <param name="Free">How much of it is free, from the earliest start on; of an area, at a desk at least.</param>
/// <param name="First">The first booking of the length asked for that can begin on it, or of the shortest there is.</param>
internal sealed record DayOutlook(DayState State, TimeSpan Free, Interval? First)
{
    /// <param name="slots">Known from the day's beginning on, for as long after its end as a booking lasts.</param>
    /// <param name="minutes">The length asked for; null: the shortest there is.</param>
    public static DayOutlook Of(DateOnly day, AreaSlots slots, SpaceRules rules, OpeningCalendar calendar, int? minutes, DateTimeOffset now)
    {
        var clock = calendar.Clock;
        var hours = clock.Day(day);
        var free = slots.Within(hours);
        Intervals.Join(free);
        var first = FirstOn(hours, slots, minutes ?? rules.ShortestMinutes);
        // What is only had for days has no first start that a look at a month could tell: that nobody has some of the day is all.
        var isFree = first is not null || (minutes is null && LongStays.IsLong(rules.ShortestMinutes) && free.Count > 0);
        var state = isFree ? DayState.Free
            : calendar.OpenWithin(hours).Count == 0 ? DayState.Closed
            : hours.End <= rules.EarliestStart(now) || day > rules.LastDay(clock.DayOf(now)) ? DayState.NotBookable
            : DayState.Full;
        return new(state, TimeSpan.FromTicks(free.Sum(stretch => stretch.Length.Ticks)), first);
    }

    private static Interval? FirstOn(Interval hours, AreaSlots slots, int minutes) =>
        slots.NextFree(minutes, hours.Start, 1) is [var next] && next.Start < hours.End ? next : null;
}
