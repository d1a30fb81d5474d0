namespace Portico.Bookings.Domain.Calendar;

/// <summary>
/// The clock on a location's wall, which is put forward and back. A time that it skips is read as if it had not been put
/// forward (half past two is then half past three), one that it shows twice is the first of both.
/// </summary>
internal sealed class WallClock(TimeZoneInfo zone)
{
    public const int MinutesOfADay = 24 * 60;

    // Further than any zone is from UTC: what the clock shows is between the two, whatever the zone.
    private static readonly TimeSpan Around = TimeSpan.FromHours(15);

    public static WallClock In(string timeZone) => new(TimeZoneInfo.FindSystemTimeZoneById(timeZone));

    /// <summary>What it shows.</summary>
    public DateTime At(DateTimeOffset instant) => Shown(instant, zone.GetUtcOffset(instant));

    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(At(instant));

    public DateTimeOffset Midnight(DateOnly day) => Instant(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>From a day's midnight to the next: 23 or 25 hours where the clock is changed.</summary>
    public Interval Day(DateOnly day) => new(Midnight(day), Midnight(day.AddDays(1)));

    /// <summary>When it shows that many minutes since midnight; a whole day of them is the next midnight.</summary>
    public DateTimeOffset Instant(DateOnly day, int minutes) => Instant(day.ToDateTime(TimeOnly.MinValue).AddMinutes(minutes));

    public DateTimeOffset Instant(DateTime shown)
    {
        var utc = new DateTimeOffset(shown.Ticks, TimeSpan.Zero);
        var before = zone.GetUtcOffset(utc - Around);
        var after = zone.GetUtcOffset(utc + Around);
        return before != after && zone.GetUtcOffset(utc - before) != before && zone.GetUtcOffset(utc - after) == after ? utc - after : utc - before;
    }

    /// <summary>
    /// When something ends that lasts so long: whole days by the calendar, since a rental from midnight to midnight is a day
    /// also when the clock is put back in between, and the minutes beyond them as they pass.
    /// </summary>
    public DateTimeOffset EndOf(DateTimeOffset start, int minutes)
    {
        var (days, rest) = int.DivRem(minutes, MinutesOfADay);
        return AddDays(start, days).AddMinutes(rest);
    }

    /// <summary>How long it lasts, counted in the same way.</summary>
    public TimeSpan LengthOf(Interval interval)
    {
        var days = (At(interval.End) - At(interval.Start)).Days + 1;
        while (days > 0 && AddDays(interval.Start, days) > interval.End)
        {
            days--;
        }

        return days <= 0 ? interval.Length : TimeSpan.FromDays(days) + (interval.End - AddDays(interval.Start, days));
    }

    /// <summary>Whether it shows a multiple of so many minutes, counted from midnight. A day whose midnight is skipped begins on step too.</summary>
    public bool IsOnStep(DateTimeOffset instant, int step)
    {
        var offset = zone.GetUtcOffset(instant);
        var shown = Shown(instant, offset);
        return shown.TimeOfDay.Ticks % (step * TimeSpan.TicksPerMinute) == 0
            || (zone.GetUtcOffset(instant.AddTicks(-1)) != offset && Midnight(DateOnly.FromDateTime(shown)) == instant);
    }

    /// <summary>The first time it shows one, not before the instant.</summary>
    public DateTimeOffset NextOnStep(DateTimeOffset instant, int step)
    {
        if (IsOnStep(instant, step))
        {
            return instant.ToUniversalTime();
        }

        var offset = zone.GetUtcOffset(instant);
        var next = NextOnStep(instant, step, offset);
        var after = zone.GetUtcOffset(next);
        if (after == offset || IsOnStep(next, step))
        {
            return next;
        }

        // Put forward or back before then: of the multiples as it shows them afterwards, the first that it does show.
        next = NextOnStep(instant, step, after);
        while (zone.GetUtcOffset(next) != after)
        {
            next = NextOnStep(next.AddTicks(1), step, after);
        }

        return next;
    }

    private static DateTimeOffset NextOnStep(DateTimeOffset instant, int step, TimeSpan offset)
    {
        var shown = Shown(instant, offset);
        var ticks = step * TimeSpan.TicksPerMinute;
        var sinceMidnight = Math.Min((shown.TimeOfDay.Ticks + ticks - 1) / ticks * ticks, TimeSpan.TicksPerDay);
        return instant.ToUniversalTime().AddTicks(sinceMidnight - shown.TimeOfDay.Ticks);
    }

    private static DateTime Shown(DateTimeOffset instant, TimeSpan offset) => new(instant.UtcTicks + offset.Ticks);

    private DateTimeOffset AddDays(DateTimeOffset start, int days) => days == 0 ? start : Instant(At(start).AddDays(days));
}
