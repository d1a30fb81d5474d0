using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Prices;

namespace Portico.Tests.Modules.Bookings.Prices;

/// <summary>Bookings and rates of every sort, around the nights when the clocks change more often than elsewhere.</summary>
internal static class PriceCases
{
    public static readonly string[] Currencies = ["EUR", "JPY", "KWD"];

    public static Gen<TimeZoneInfo> Zones { get; } =
        Gen.Elements("Europe/Rome", "America/New_York", "UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo", "America/Nuuk")
            .Select(TimeZoneInfo.FindSystemTimeZoneById);

    public static Gen<decimal> Rates { get; } = Gen.OneOf(Gen.Choose(0, 50).Select(whole => (decimal)whole), Gen.Choose(0, 5_000_000).Select(parts => parts / 10_000m));

    public static Gen<DateTimeOffset> Starts { get; } =
        from day in Gen.OneOf(Gen.Choose(0, 365), Gen.Elements(65, 66, 67, 86, 87, 88, 112, 113, 296, 297, 298, 303, 304, 305))
        from minute in Gen.OneOf(Gen.Choose(0, 1439), Gen.Choose(0, 47).Select(half => half * 30))
        select new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day).AddMinutes(minute);

    public static Gen<int> Minutes(int days) => Gen.OneOf(Gen.Choose(1, days * 1440), Gen.Choose(1, days * 48).Select(half => half * 30), Gen.Choose(1, 600));

    public static Gen<PriceAdjustment> Adjustments(int lowest) =>
        from percent in Gen.Choose(lowest * 4, 800)
        from days in Gen.OneOf(Gen.Constant<IReadOnlyList<Weekday>?>(null), Gen.SubListOf(Enum.GetValues<Weekday>()).Select(IReadOnlyList<Weekday>? (some) => [.. some]))
        from window in Gen.OneOf(
            Gen.Constant<(string?, string?)>((null, null)),
            from begin in Gen.Choose(0, 47)
            from end in Gen.Choose(begin + 1, 48)
            select ((string?)Clock(begin * 30), (string?)Clock(end * 30)))
        select new PriceAdjustment("Rule", percent / 4m, days, window.Item1, window.Item2);

    public static Gen<PriceRules> Rules(bool monthly, int lowestAdjustment) =>
        from hourly in Maybe(Rates)
        from half in Maybe(Rates)
        from hours in Gen.Choose(1, 48)
        from daily in Maybe(Rates)
        from month in monthly ? Maybe(Rates.Select(rate => rate * 10)) : Gen.Constant<decimal?>(null)
        from adjustments in Gen.Choose(0, 4).SelectMany(count => Adjustments(lowestAdjustment).ListOf(count))
        select new PriceRules(hourly, half, hours / 2m, daily, month, [.. adjustments]);

    public static Gen<Stay> Stays(int days, bool monthly = false, int lowestAdjustment = -99) =>
        from zone in Zones
        from start in Starts
        from minutes in Minutes(days)
        from rules in Rules(monthly, lowestAdjustment)
        select new Stay(zone, start, start.AddMinutes(minutes), rules);

    public static Gen<Order> Orders { get; } =
        from stay in Stays(40, monthly: true)
        from services in Gen.Choose(0, 3).SelectMany(count => (
            from price in Rates
            from perHour in Gen.Elements(true, false)
            from quantity in Gen.Choose(1, 5)
            select new ChosenService("Projector", price, perHour, quantity)).ListOf(count))
        from currency in Gen.Elements(Currencies)
        from tax in Gen.Elements(0m, 4m, 8.875m, 10m, 20m, 22m)
        from included in Gen.Elements(true, false)
        from discount in Gen.Elements(0m, 5m, 12.5m, 33.33m, 100m)
        from credits in Gen.OneOf(Gen.Constant(0m), Gen.Choose(0, 5000).Select(hundredths => hundredths / 100m))
        select new Order(stay, [.. services], new(stay.Zone, currency, tax, included), new("Gold", discount, credits));

    private static Gen<decimal?> Maybe(Gen<decimal> values) => Gen.OneOf(Gen.Constant<decimal?>(null), values.Select(value => (decimal?)value));

    private static string Clock(int minute) => $"{minute / 60:00}:{minute % 60:00}";
}

internal sealed record Stay(TimeZoneInfo Zone, DateTimeOffset Start, DateTimeOffset End, PriceRules Rules)
{
    public decimal Parts(DateTimeOffset from, DateTimeOffset to) => SpacePrice.Cost(SpacePrice.Of(from, to, Zone, Rules));

    public override string ToString() =>
        $"{Zone.Id} {Start:u} to {End:u}: {Rules} {string.Join(", ", Rules.Adjustments!.Select(one => $"{one} on {string.Join(' ', one.Days ?? [])}"))}";
}

internal sealed record Order(Stay Stay, IReadOnlyList<ChosenService> Services, PricePlace Place, PricePayer Payer)
{
    public Quote Quote() => Pricing.Of(Stay.Start, Stay.End, Stay.Rules, Services, Place, Payer);
}
