using System.Globalization;
using Portico.Bookings.Data;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Series;
using Portico.Bookings.Domain.Spaces;
using Portico.Bookings.Features.Spaces;
using Portico.Contracts.Demo;

namespace Portico.Bookings.Features.Demo;

/// <summary>Who wants what at a location of the demonstration, in the week before a day and the one after it. Pure: the same day gives the same.</summary>
internal sealed class DemoWeek
{
    public const int Days = 7;
    private const int HalfHour = 30;

    // The same people at the same hours in every installation.
    private readonly Random chance = new(20260105);
    private readonly OpeningCalendar calendar;
    private readonly List<Interval> past;
    private readonly List<Interval> coming;
    private readonly DemoPerson[] people;
    private readonly ILookup<string, DemoSpace> spaces;

    /// <param name="calendar">When the location is open.</param>
    public DemoWeek(Guid place, OpeningCalendar calendar, DateTimeOffset now)
    {
        this.calendar = calendar;
        var number = DemoPlaces.All.TakeWhile(other => other.Id != place).Count();
        people = [.. DemoPeople.Members.Where((_, nth) => nth % DemoPlaces.All.Count == number)];
        spaces = DemoFloors.Of(place).ToLookup(space => space.Row.Kind);
        var today = calendar.Clock.DayOf(now);
        past = OpenDays(calendar, today.AddDays(-Days), today);
        coming = OpenDays(calendar, today, today.AddDays(Days + 1));
    }

    /// <summary>A desk that cannot be used for a day.</summary>
    public (string Space, Interval During) Repair => (Named(SpaceKind.Desk)[^1], coming[2]);

    /// <summary>A meeting that comes every week: the first was in the past one.</summary>
    public (DemoWish Wish, SeriesRule Rule) Meeting
    {
        get
        {
            var clock = calendar.Clock;
            var first = From(past[1], 1, 3);
            var rule = new SeriesRule(
                SeriesFrequency.Weekly, clock.DayOf(first.Start), clock.At(first.Start).ToString("HH:mm", CultureInfo.InvariantCulture),
                (int)first.Length.TotalMinutes, Count: 6);
            return (new(Named(SpaceKind.Room)[^1], people[0], first, 4), rule);
        }
    }

    /// <summary>Somebody who would have that time as well.</summary>
    public DemoWish Envies(BookingRow booking) => new(
        booking.SpaceName, people.First(person => person.Id != booking.MemberId), new(booking.StartsAt, booking.EndsAt), booking.People);

    /// <summary>Those first whom nobody should be in the way of.</summary>
    public IEnumerable<DemoWish> Wishes() => [.. Events(), .. Undecided(), .. past.Concat(coming).SelectMany(OneDay)];

    private static bool IsLong(Interval open) => open.Length >= TimeSpan.FromHours(10);

    private static List<Interval> OpenDays(OpeningCalendar calendar, DateOnly first, DateOnly end) =>
        [.. Enumerable.Range(0, end.DayNumber - first.DayNumber).Select(first.AddDays).SelectMany(day =>
            calendar.OpenWithin(new(calendar.Clock.Midnight(day), calendar.Clock.Midnight(day.AddDays(1)))).Take(1))];

    private IEnumerable<DemoWish> Events()
    {
        foreach (var hall in Named(SpaceKind.EventHall))
        {
            // On long days, and far enough ahead.
            yield return new(hall, people[0], From(past.FindLast(IsLong), 6, 8), 25, HoursAhead: 240);
            yield return new(hall, people[1], From(coming.FindAll(IsLong)[3], 6, 6), 30, HoursAhead: 200);
            yield return new(hall, people[2], From(coming.FindLast(IsLong), 2, 8), 40, DemoEnd.OnlyAsks);
        }
    }

    private IEnumerable<DemoWish> Undecided()
    {
        var rooms = Named(SpaceKind.Room);
        yield return new(rooms[0], people[3], From(coming[1], 10, 4), 3, DemoEnd.OnlyHolds);
        yield return new(rooms[1], people[2], From(coming[2], 4, 2), 4, DemoEnd.OnlyHolds);
        yield return new(rooms[0], people[1], From(coming[2], 8, 3), 3, DemoEnd.OnlyAsks);
    }

    private IEnumerable<DemoWish> OneDay(Interval open)
    {
        var halfHours = (int)(open.Length.TotalMinutes / HalfHour);
        foreach (var person in people)
        {
            if (chance.Next(100) < 75)
            {
                var start = chance.Next(5);
                yield return new(
                    Desk(), person, From(open, start, Math.Min(chance.Next(6, 17), halfHours - start)), 1, End(), chance.Next(4, 96));
            }

            // One in each third of the day, so that nobody is in two meetings at once.
            var third = halfHours / 3;
            for (var nth = 0; nth < 3; nth++)
            {
                var (meets, room) = (chance.Next(100) < 65, Any(SpaceKind.Room));
                var wish = new DemoWish(
                    room, person, From(open, (third * nth) + chance.Next(third - 1), chance.Next(2, 4)), chance.Next(2, 5), End(), chance.Next(4, 120),
                    chance.Next(4) == 0);
                if (meets)
                {
                    yield return wish;
                }
            }
        }

        if (chance.Next(2) == 0)
        {
            yield return new(Any(SpaceKind.Office), people[chance.Next(people.Length)], open, 2, HoursAhead: 150);
        }
    }

    private DemoEnd End() => chance.Next(100) switch
    {
        < 7 => DemoEnd.CallsOff,
        < 14 => DemoEnd.StaysAway,
        < 40 => DemoEnd.LeavesEarly,
        _ => DemoEnd.Comes,
    };

    /// <summary>Any desk of the hot-desk area, more often than one that has a place.</summary>
    private string Desk() => chance.Next(10) < 7 ? Named(SpaceKind.HotDeskArea)[0] : Any(SpaceKind.Desk);

    private string Any(SpaceKind kind)
    {
        var names = Named(kind);
        return names[chance.Next(names.Length)];
    }

    private string[] Named(SpaceKind kind) => [.. spaces[kind.Word()].Where(space => space.Area is null).Select(space => space.Row.Name)];

    private static Interval From(Interval open, int halfHours, int length) =>
        new(open.Start.AddMinutes(HalfHour * halfHours), open.Start.AddMinutes(HalfHour * (halfHours + length)));
}
