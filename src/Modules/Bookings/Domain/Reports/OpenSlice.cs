using Portico.Bookings.Domain.Calendar;

namespace Portico.Bookings.Domain.Reports;

/// <summary>Time in which a location is open while its clock shows one hour of the day.</summary>
/// <param name="Hour">0 to 23.</param>
internal readonly record struct OpenSlice(int Hour, Interval Time)
{
    private static readonly TimeSpan FullHour = TimeSpan.FromHours(1);

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
                var shown = calendar.Clock.At(start);
                // Clocks are put forward and back on the hour: nothing changes before it is full.
                var full = start.AddTicks(FullHour.Ticks - (shown.TimeOfDay.Ticks % FullHour.Ticks));
                var end = full < open.End ? full : open.End;
                yield return new(shown.Hour, new(start, end));
                start = end;
            }
        }
    }
}
