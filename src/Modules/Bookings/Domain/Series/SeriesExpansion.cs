using System.Globalization;
using Portico.Bookings.Domain.Calendar;

namespace Portico.Bookings.Domain.Series;

/// <summary>One of a series.</summary>
/// <param name="RecurrenceId">The day the rule puts it on. It stays when this one is moved.</param>
internal readonly record struct Occurrence(DateOnly RecurrenceId, Interval During);

/// <summary>The two series that one becomes. Null where nothing is left of it.</summary>
internal sealed record SeriesSplit(SeriesRule? Before, SeriesRule? Following);

internal static class SeriesExpansion
{
    /// <summary>Every occurrence, in order.</summary>
    public static IReadOnlyList<Occurrence> Expand(this SeriesRule rule, WallClock clock)
    {
        var time = TimeOnly.ParseExact(rule.Time, "HH:mm", CultureInfo.InvariantCulture);
        return
        [
            .. from day in SeriesDates.Of(rule)
               let start = clock.Instant(day.ToDateTime(time))
               select new Occurrence(day, new(start, clock.EndOf(start, rule.Minutes))),
        ];
    }

    /// <summary>
    /// For "this and following": the series as it was before that day and as it goes on from it. Together they have the
    /// occurrences that it had, on the same days.
    /// </summary>
    public static SeriesSplit SplitAt(this SeriesRule rule, DateOnly day)
    {
        List<DateOnly> days = [.. SeriesDates.WithSkipped(rule)];
        var before = days.Count(one => one < day);
        return new(
            before == 0 ? null : Part(rule, rule.StartsOn, days[before - 1], before),
            before == days.Count ? null : Part(rule, days[before], rule.Until, days.Count - before));
    }

    // It begins on a day of the series, so that weeks and months are counted on from there; what the first day used to
    // say, where nothing else did, is said now.
    private static SeriesRule Part(SeriesRule rule, DateOnly from, DateOnly? until, int count) => rule with
    {
        StartsOn = from,
        Count = rule.Count is null ? null : count,
        Until = rule.Count is null ? until : null,
        DayOfMonth = rule is { Frequency: SeriesFrequency.Monthly, Weekday: null } ? rule.DayOfMonth ?? rule.StartsOn.Day : rule.DayOfMonth,
        Skip = rule.Skip is null ? null : [.. rule.Skip.Where(skipped => skipped >= from && (until is null || skipped <= until))],
    };
}
