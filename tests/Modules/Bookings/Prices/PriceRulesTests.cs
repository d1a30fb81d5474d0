using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Domain.Prices;

namespace Portico.Tests.Modules.Bookings.Prices;

public sealed class PriceRulesTests
{
    [Fact]
    public void Rates_have_an_end_in_both_directions()
    {
        Assert.Empty(Faults(new PriceRules(Hourly: 0.3333m, HalfDay: 0, Daily: 12.50000m, Monthly: 1_000_000_000)));
        Assert.Equal([nameof(PriceRules.Hourly)], Faults(new PriceRules(Hourly: -0.01m)));
        Assert.Equal([nameof(PriceRules.Monthly)], Faults(new PriceRules(Monthly: 1_000_000_001)));
        Assert.Equal([nameof(PriceRules.Daily)], Faults(new PriceRules(Daily: 0.33333m)));
        Assert.Equal([nameof(PriceRules.HalfDayHours)], Faults(new PriceRules(HalfDayHours: 24.5m)));
        Assert.Equal([nameof(PriceRules.Adjustments)], Faults(new PriceRules(Adjustments: [.. Enumerable.Repeat(new PriceAdjustment("Peak", 25), 21)])));
    }

    [Theory]
    [InlineData("Peak", 25, "09:00", "12:00", null)]
    [InlineData("Peak", 25, null, "24:00", null)]
    [InlineData("Peak", -99.99, "23:59", null, null)]
    [InlineData(" ", 25, null, null, nameof(PriceAdjustment.Name))]
    [InlineData("Peak", -100, null, null, nameof(PriceAdjustment.Percent))]
    [InlineData("Peak", 1000.5, null, null, nameof(PriceAdjustment.Percent))]
    [InlineData("Peak", 0.125, null, null, nameof(PriceAdjustment.Percent))]
    [InlineData("Peak", 25, "", null, nameof(PriceAdjustment.From))]
    [InlineData("Peak", 25, "9:00", null, nameof(PriceAdjustment.From))]
    [InlineData("Peak", 25, "09:00\n", null, nameof(PriceAdjustment.From))]
    [InlineData("Peak", 25, null, "24:01", nameof(PriceAdjustment.To))]
    [InlineData("Peak", 25, "12:00", "12:00", nameof(PriceAdjustment.To))]
    [InlineData("Peak", 25, "24:00", null, nameof(PriceAdjustment.To))]
    [InlineData("Peak", 25, "22:00", "02:00", nameof(PriceAdjustment.To))]
    public void Adjustments_are_understood_or_refused(string name, double percent, string? from, string? to, string? fault) =>
        Assert.Equal(fault is null ? [] : [fault], Faults(new PriceAdjustment(name, (decimal)percent, null, from, to)));

    private static IEnumerable<string> Faults(object shape)
    {
        List<ValidationResult> faults = [];
        Validator.TryValidateObject(shape, new(shape), faults, validateAllProperties: true);
        return faults.SelectMany(fault => fault.MemberNames);
    }
}
