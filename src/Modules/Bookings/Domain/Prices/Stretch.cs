namespace Portico.Bookings.Domain.Prices;

/// <summary>
/// Time within one calendar day during which the clocks are not changed: the clock on the wall and elapsed time run alike.
/// </summary>
/// <param name="From">With the offset of the place.</param>
internal sealed record Stretch(DateTimeOffset From, DateTimeOffset To)
{
    public DateOnly Day => DateOnly.FromDateTime(From.DateTime);

    public TimeSpan Opens => From.TimeOfDay;

    public TimeSpan Closes => From.TimeOfDay + (To - From);

    /// <summary>Cuts at local midnights and where the clocks change. A day can have two stretches, and 23 or 25 hours.</summary>
    public static IEnumerable<Stretch> Of(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        while (from < to)
        {
            var local = TimeZoneInfo.ConvertTime(from, zone);
            var midnight = new DateTimeOffset(local.Date.AddDays(1), local.Offset);
            var end = midnight < to ? midnight : to;
            if (zone.GetUtcOffset(end.AddTicks(-1)) != local.Offset)
            {
                end = ClocksChange(from, end, zone);
            }

            yield return new(local, end.ToOffset(local.Offset));
            from = end;
        }
    }

    /// <summary>The first instant with another offset than <paramref name="from"/> has.</summary>
    private static DateTimeOffset ClocksChange(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var before = zone.GetUtcOffset(from);
        var (same, other) = (from.UtcTicks, to.UtcTicks - 1);
        while (other - same > 1)
        {
            var middle = same + ((other - same) / 2);
            (same, other) = zone.GetUtcOffset(new DateTimeOffset(middle, TimeSpan.Zero)) == before ? (middle, other) : (same, middle);
        }

        return new(other, TimeSpan.Zero);
    }
}
