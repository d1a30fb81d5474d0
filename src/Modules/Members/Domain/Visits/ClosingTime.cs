namespace Portico.Members.Domain.Visits;

/// <summary>
/// When a visit ends that nobody ends: at the location's next closing time. A visit that begins after closing ends at
/// midnight, so that it never becomes part of the next day; where the doors close after midnight (before noon, that is)
/// the day lasts from one closing to the next.
/// </summary>
internal static class ClosingTime
{
    private static readonly TimeOnly Noon = new(12, 0);

    /// <summary>The first closing, or midnight, after <paramref name="start"/>, on the location's own clock.</summary>
    public static DateTimeOffset After(DateTimeOffset start, string timeZone, TimeOnly closesAt)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, zone).DateTime);
        TimeOnly[] ends = closesAt < Noon ? [closesAt] : [TimeOnly.MinValue, closesAt];
        // Yesterday's, too: on the night the clocks go back, 01:30 comes a second time.
        return Enumerable.Range(-1, 4)
            .SelectMany(days => ends.Select(end => Instant(today.AddDays(days), end, zone)))
            .Where(end => end > start)
            .Min();
    }

    private static DateTimeOffset Instant(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local))
        {
            // The clocks skip it: the doors close when they have.
            return new DateTimeOffset(local, zone.GetUtcOffset(local.AddHours(-3))).ToUniversalTime();
        }

        // It comes twice: nobody is sent home at the first.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Min() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
