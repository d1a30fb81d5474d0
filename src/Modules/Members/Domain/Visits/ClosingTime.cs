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
        return Enumerable.Range(0, 2)
            .SelectMany(days => ends.Select(end => Instant(today.AddDays(days), end, zone)))
            .Where(end => end > start)
            .Min();
    }

    private static DateTimeOffset Instant(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        // When it comes twice, nobody is sent home at the first; one that the clocks skip is read as if they had not been changed.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Min() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
