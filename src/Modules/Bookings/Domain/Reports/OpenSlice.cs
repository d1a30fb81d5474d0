using Portico.Bookings.Domain.Calendar;

namespace Portico.Bookings.Domain.Reports;

/// <summary>Time in which a location is open while its clock shows one hour of the day.</summary>
/// <param name="Hour">0 to 23.</param>
internal readonly record struct OpenSlice(int Hour, Interval Time)
{
    private const int MinutesOfAnHour = 60;

    /// <summary>
    /// All opening time of a period, cut where the clock shows a full hour. An hour that the clock shows twice is there twice,
    /// one that it skips is not there.
    /// </summary>
    public static IEnumerable<OpenSlice> Of(OpeningCalendar calendar, Interval period)
    {
        foreach (var open in calendar.OpenWithin(period))
        {
            for (var start = open.Start; start < open.End;)
            {
                var next = calendar.Clock.NextOnStep(start.AddTicks(1), MinutesOfAnHour);
                var end = next < open.End ? next : open.End;
                yield return new(calendar.Clock.At(start).Hour, new(start, end));
                start = end;
            }
        }
    }
}
