using Portico.Bookings.Domain.Calendar;

namespace Portico.Bookings.Domain.Rules;

/// <summary>The time asked for, seen from now and by the location's clock.</summary>
internal sealed class Asked(Interval during, DateTimeOffset now, SpaceRules rules, OpeningCalendar calendar)
{
    private bool searched;
    private DateTimeOffset? first;

    public Interval During => during;

    public DateTimeOffset Now => now;

    public SpaceRules Rules => rules;

    public OpeningCalendar Calendar => calendar;

    public WallClock Clock => Calendar.Clock;

    public TimeSpan Length => Clock.LengthOf(During);

    public DateTimeOffset Earliest => Rules.EarliestStart(Now);

    public DateOnly LastDay => Rules.LastDay(Clock.DayOf(Now));

    public string Shown(DateTimeOffset instant) => Phrases.Time(Clock.At(instant));

    /// <summary>The first start that could be asked for instead, and the end of a sentence about it.</summary>
    public string Next(out DateTimeOffset? start)
    {
        if (!searched)
        {
            (searched, first) = (true, Find());
        }

        start = first;
        return first is { } found ? $" The next start is {Shown(found)}." : "";
    }

    private DateTimeOffset? Find()
    {
        var after = During.Start > Earliest ? During.Start : Earliest;
        return Clock.DayOf(after) <= LastDay && Calendar.NextStart(after, PossibleMinutes(), Rules.StepMinutes) is { } start
            && Clock.DayOf(start) <= LastDay ? start : null;
    }

    // Of the lengths that there are, the one nearest to what was asked for.
    private int PossibleMinutes()
    {
        var steps = Math.Ceiling(Math.Min(Length.TotalMinutes, Rules.MaxMinutes) / Rules.StepMinutes);
        return Math.Max(Math.Min((int)steps * Rules.StepMinutes, Rules.MaxMinutes / Rules.StepMinutes * Rules.StepMinutes), Rules.ShortestMinutes);
    }
}
