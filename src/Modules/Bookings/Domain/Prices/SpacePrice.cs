using System.Globalization;

namespace Portico.Bookings.Domain.Prices;

/// <summary>What the space itself costs: without services, plan and tax.</summary>
internal static class SpacePrice
{
    public static IReadOnlyList<SpaceCharge> Of(DateTimeOffset startsAt, DateTimeOffset endsAt, TimeZoneInfo zone, PriceRules rules)
    {
        if (rules.Monthly is not { } rate)
        {
            return Days(startsAt, endsAt, zone, rules) ?? [];
        }

        var months = 0;
        while (MonthsLater(startsAt, months + 1, zone) <= endsAt)
        {
            months++;
        }

        var from = MonthsLater(startsAt, months, zone);
        List<SpaceCharge> charges = months == 0 ? [] : [Months(startsAt, from, months)];
        if (from < endsAt)
        {
            // Nobody pays more for three weeks than for a month.
            var month = Months(from, endsAt, 1);
            charges.AddRange(Days(from, endsAt, zone, rules) is { } days && Cost(days) <= month.Parts ? days : [month]);
        }

        return charges;

        SpaceCharge Months(DateTimeOffset begin, DateTimeOffset end, int quantity) =>
            SpaceCharge.Flat($"{LocalDate(begin, zone)} to {LocalDate(end, zone)} monthly", quantity, PriceUnit.Month, rate, Adjusted.Not);
    }

    public static decimal Cost(IEnumerable<SpaceCharge> charges) => charges.Sum(charge => charge.Parts);

    /// <summary>Null where no rate but the monthly one covers a day.</summary>
    private static List<SpaceCharge>? Days(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone, PriceRules rules)
    {
        List<SpaceCharge> charges = [];
        foreach (var day in Stretch.Of(from, to, zone).GroupBy(stretch => stretch.Day))
        {
            if (Cheapest(day.Key, [.. day], rules) is not { } cheapest)
            {
                return null;
            }

            charges.AddRange(cheapest);
        }

        return charges;
    }

    private static IReadOnlyList<SpaceCharge>? Cheapest(DateOnly day, IReadOnlyList<Stretch> stretches, PriceRules rules)
    {
        var minutes = stretches.Sum(stretch => Minutes(stretch.To - stretch.From));
        var adjusted = Adjusted.By((rules.Adjustments ?? []).Where(one => one.HoldsAllDay && one.HoldsOn(day)));
        List<IReadOnlyList<SpaceCharge>> ways = [];
        if (rules.HalfDay is { } half && minutes <= rules.HalfDayHours * 60)
        {
            ways.Add([SpaceCharge.Flat($"{Date(day)} half day", 1, PriceUnit.HalfDay, half, adjusted)]);
        }

        if (rules.Daily is { } daily)
        {
            ways.Add([SpaceCharge.Flat($"{Date(day)} day", 1, PriceUnit.Day, daily, adjusted)]);
        }

        if (rules.Hourly is { } hourly)
        {
            ways.Add(Hourly(day, stretches, hourly, rules.Adjustments ?? []));
        }

        if (ways.Count == 0 && rules.HalfDay is { } only)
        {
            var halves = (int)Math.Ceiling(minutes / (rules.HalfDayHours * 60));
            ways.Add([SpaceCharge.Flat($"{Date(day)} half days", halves, PriceUnit.HalfDay, only, adjusted)]);
        }

        return ways.MinBy(Cost);
    }

    private static List<SpaceCharge> Hourly(DateOnly day, IReadOnlyList<Stretch> stretches, decimal rate, IReadOnlyList<PriceAdjustment> adjustments)
    {
        List<(TimeSpan From, TimeSpan To, decimal Minutes, Adjusted Adjusted)> segments = [];
        foreach (var (from, to) in stretches.SelectMany(stretch => Cut(day, stretch, adjustments)))
        {
            var adjusted = Adjusted.By(adjustments.Where(one => one.HoldsAt(day, from)));
            if (segments is [.., var last] && last.Adjusted == adjusted)
            {
                segments[^1] = (last.From, to, last.Minutes + Minutes(to - from), adjusted);
            }
            else
            {
                segments.Add((from, to, Minutes(to - from), adjusted));
            }
        }

        return segments.ConvertAll(one =>
            SpaceCharge.Hours($"{Date(day)} {Clock(one.From)}–{Clock(one.To)} hourly", one.Minutes, rate, one.Adjusted));
    }

    private static IEnumerable<(TimeSpan From, TimeSpan To)> Cut(DateOnly day, Stretch stretch, IReadOnlyList<PriceAdjustment> adjustments)
    {
        var cuts = adjustments.Where(one => one.HoldsOn(day))
            .SelectMany(one => new[] { TimeSpan.FromMinutes(one.FromMinute), TimeSpan.FromMinutes(one.ToMinute) })
            .Where(time => time > stretch.Opens && time < stretch.Closes)
            .Append(stretch.Opens).Append(stretch.Closes).Distinct().Order().ToList();
        return cuts.Zip(cuts.Skip(1));
    }

    private static DateTimeOffset MonthsLater(DateTimeOffset start, int months, TimeZoneInfo zone)
    {
        if (months == 0)
        {
            return start;
        }

        var local = TimeZoneInfo.ConvertTime(start, zone).DateTime.AddMonths(months);
        // When it comes twice, the month is full at the first; one that the clocks skip is read as if they had not been changed.
        return new(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local));
    }

    private static decimal Minutes(TimeSpan span) => (decimal)span.Ticks / TimeSpan.TicksPerMinute;

    private static string LocalDate(DateTimeOffset instant, TimeZoneInfo zone) => Date(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime));

    private static string Date(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static string Clock(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");
}
