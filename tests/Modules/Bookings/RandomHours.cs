using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain.Calendar;

namespace Portico.Tests.Modules.Bookings;

/// <summary>Opening hours nobody would think of, and the minutes at which they are open.</summary>
internal sealed record RandomHours(Minutes Minutes, IReadOnlyList<OpeningRange> Weekly, IReadOnlyList<OpeningException> Exceptions)
{
    public OpeningCalendar Calendar { get; } = new(Minutes.Zone, Weekly, Exceptions);

    public static Gen<RandomHours> Any { get; } =
        from minutes in Gen.Elements(Minutes.Nights.AsEnumerable())
        from week in Gen.ListOf(Day, 7)
        from exceptional in Gen.SubListOf(Enumerable.Range(-3, 7))
        from hours in Gen.ListOf(Day, exceptional.Count)
        select new RandomHours(
            minutes,
            [.. week.SelectMany((day, index) => day.Select(range => new OpeningRange((Weekday)index, range.Opens, range.Closes)))],
            [.. exceptional.Zip(hours, (offset, day) => new OpeningException(minutes.Night.AddDays(offset), day))]);

    /// <summary>All night long, in the hours in which clocks are changed, and anything else.</summary>
    private static Gen<List<DayRange>> Day { get; } = Gen.Frequency(
        (1, Gen.Constant<List<DayRange>>([])),
        (1, Gen.Constant<List<DayRange>>([new("00:00", "24:00")])),
        (2, Ranges(Gen.Choose(0, 16).Select(quarter => quarter * 15))),
        (2, Ranges(Gen.Choose(0, 96).Select(quarter => quarter * 15))),
        (2, Ranges(Gen.Choose(0, 1440))));

    public bool[] Open()
    {
        var open = new bool[Minutes.Count];
        foreach (var day in Minutes.Days)
        {
            var hours = Exceptions.FirstOrDefault(exception => exception.Date == day)?.Hours
                ?? [.. Weekly.Where(range => range.Day.ToString() == day.DayOfWeek.ToString()).Select(range => new DayRange(range.Opens, range.Closes))];
            foreach (var range in hours)
            {
                for (var minute = Minutes.Of(day, MinutesOf(range.Opens)); minute < Minutes.Of(day, MinutesOf(range.Closes)); minute++)
                {
                    open[minute] = true;
                }
            }
        }

        return open;
    }

    public override string ToString() =>
        $"{Minutes}: {string.Join(", ", Weekly.Select(range => $"{range.Day} {range.Opens}-{range.Closes}"))}; "
        + string.Join(", ", Exceptions.Select(day => $"{day.Date:MM-dd} [{string.Join(' ', day.Hours.Select(range => $"{range.Opens}-{range.Closes}"))}]"));

    private static Gen<List<DayRange>> Ranges(Gen<int> time) =>
        from times in Gen.ListOf(time, 4)
        let sorted = times.Order().ToArray()
        select (List<DayRange>)[
            .. from pair in (int[][])[sorted[..2], sorted[2..]]
               where pair[0] < pair[1]
               select new DayRange(Text(pair[0]), Text(pair[1]))];

    private static string Text(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";

    private static int MinutesOf(string time) => (int.Parse(time[..2], null) * 60) + int.Parse(time[3..], null);
}
