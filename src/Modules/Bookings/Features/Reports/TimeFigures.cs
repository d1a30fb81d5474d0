using Portico.Bookings.Domain.Spaces;
using Portico.Bookings.Features.Bookings;

namespace Portico.Bookings.Features.Reports;

/// <summary>How much of the time in which spaces could be used they were booked, all spaces together.</summary>
/// <param name="BookedHours">Of bookings that are confirmed, checked in or completed, while the location is open. A whole's are those of its parts.</param>
/// <param name="OpenHours">Of every space, by the opening hours as they are now, exceptions included.</param>
/// <param name="Utilisation">The former divided by the latter; null where nothing was open.</param>
/// <param name="OutsideHours">Booked while the location is closed: no part of the others.</param>
public sealed record TimeUse(decimal BookedHours, decimal OpenHours, decimal? Utilisation, decimal OutsideHours)
{
    internal static TimeUse Of(IReadOnlyList<List<UseRow>> units)
    {
        var (booked, open) = (units.Sum(unit => unit.Sum(row => row.BookedSeconds)), units.Sum(unit => unit.Sum(row => row.OpenSeconds)));
        return new(Figures.Hours(booked), Figures.Hours(open), Figures.Ratio(booked, open), Figures.Hours(units.Sum(unit => unit[0].UsedSeconds) - booked));
    }
}

/// <summary>The same of one hour of the day, as the locations' clocks show it.</summary>
/// <param name="Hour">0 to 23: 8 is from 08:00 to 09:00.</param>
/// <param name="BookedMinutes">Of all spaces that do not consist of others.</param>
/// <param name="OpenMinutes">Of the same.</param>
/// <param name="Occupancy">The former divided by the latter; null where nothing is open.</param>
public sealed record HourUse(int Hour, decimal BookedMinutes, decimal OpenMinutes, decimal? Occupancy)
{
    internal static HourUse Of(int hour, IEnumerable<UseRow> rows)
    {
        var (booked, open) = rows.Aggregate((Booked: 0m, Open: 0m), (sum, row) => (sum.Booked + row.BookedSeconds, sum.Open + row.OpenSeconds));
        return new(hour, Figures.Minutes(booked), Figures.Minutes(open), Figures.Ratio(booked, open));
    }
}

/// <summary>The same of one space. Of a hot-desk area, of all its desks; of a part, also when the whole is booked.</summary>
/// <param name="Bookings">How many used it in these days.</param>
public sealed record SpaceUse(
    Guid Id, string Name, SpaceKind Kind, NamedPlace Location, long Bookings, decimal BookedHours, decimal OpenHours, decimal? Utilisation, decimal OutsideHours)
{
    internal static SpaceUse Of(Guid id, string name, SpaceKind kind, NamedPlace location, IReadOnlyList<List<UseRow>> units)
    {
        var use = TimeUse.Of(units);
        return new(id, name, kind, location, units.Sum(unit => unit[0].Bookings), use.BookedHours, use.OpenHours, use.Utilisation, use.OutsideHours);
    }
}

internal static class Figures
{
    private const int SecondsOfAMinute = 60;
    private const int SecondsOfAnHour = 3600;
    private const int RatioDecimals = 4;

    public static decimal Hours(decimal seconds) => decimal.Round(seconds / SecondsOfAnHour, 2);

    public static decimal Minutes(decimal seconds) => decimal.Round(seconds / SecondsOfAMinute, 2);

    public static decimal? Ratio(decimal part, decimal whole) => whole == 0 ? null : decimal.Round(part / whole, RatioDecimals);
}
