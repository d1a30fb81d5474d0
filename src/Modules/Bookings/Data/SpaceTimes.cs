using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Slots;

namespace Portico.Bookings.Data;

/// <summary>What takes a space's time, beside the space itself in <see cref="SpaceTimesSql"/>.</summary>
/// <param name="IsRun">Whether the caller runs its location.</param>
/// <param name="Desks">How many would do: the desks of an area that are in service, one for anything else.</param>
/// <param name="Works">Whether all it consists of is in service.</param>
/// <param name="Busy">JSON; null when nobody and nothing has any of the time.</param>
internal sealed record SpaceTimes(Guid TimesOf, string? Floor, bool IsRun, int Desks, bool Works, string? Busy)
{
    public IReadOnlyList<TakenUnit> Taken { get; } = Busy is null ? [] : StoredJson.Read<TakenUnit[]>(Busy);
}

/// <summary>Something that takes the time of a unit of <paramref name="SpaceId"/>: of the space asked for, or a desk of it.</summary>
internal sealed record TakenUnit(
    Guid SpaceId, Guid Id, BusyKind Kind, DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset ClaimedFrom, DateTimeOffset ClaimedUntil,
    DateTimeOffset? HeldUntil);

/// <summary>A space, when it is open, and who has its time.</summary>
internal sealed class FoundSpace(BookableSpace space, SpaceTimes times, OpeningCalendar calendar)
{
    public BookableSpace Space => space;

    public SpaceTimes Times => times;

    public OpeningCalendar Calendar => calendar;

    /// <summary>What of its time is free, for as long as it was looked for; of an area by its desks.</summary>
    /// <param name="open">When a booking of it may take place, as far as hours go.</param>
    public AreaSlots Slots(IReadOnlyList<Interval> open, DateTimeOffset now)
    {
        var rules = space.Rules;
        List<FreeSlots> desks = [.. times.Taken.GroupBy(time => time.SpaceId, (_, taken) => new FreeSlots(rules, calendar.Clock, open, BusyOf(taken), now))];
        if (times.Desks > desks.Count)
        {
            // Those that nobody has any of are all alike.
            desks.AddRange(Enumerable.Repeat(new FreeSlots(rules, calendar.Clock, open, [], now), times.Desks - desks.Count));
        }

        return new(desks);
    }

    // A booking takes each part of a whole, with that part's buffers.
    private static IEnumerable<Busy> BusyOf(IEnumerable<TakenUnit> taken) => taken.GroupBy(time => time.Id, (_, units) =>
    {
        var all = units.ToList();
        return new Busy(
            new(all[0].StartsAt, all[0].EndsAt), new(all.Min(unit => unit.ClaimedFrom), all.Max(unit => unit.ClaimedUntil)), all[0].Kind, all[0].HeldUntil);
    });
}
