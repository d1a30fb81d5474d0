using System.ComponentModel.DataAnnotations;
using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain.Prices;
using Portico.Platform.Amounts;

namespace Portico.Tests.Modules.Bookings.Prices;

public sealed class CancellationTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 7, 8, 0, 0, TimeSpan.Zero);
    private static readonly CancellationPolicy Steps = new([new(24, 50), new(48, 20), new(2, 100)]);

    private static Gen<CancellationPolicy> Policies { get; } =
        from hours in Gen.Choose(1, 200).ListOf()
        let distinct = hours.Distinct().Take(10).OrderDescending().ToList()
        from percents in Gen.Choose(0, 100).ListOf(distinct.Count)
        select new CancellationPolicy([.. distinct.Zip(percents.Order(), (hour, percent) => new CancellationStep(hour, percent))]);

    private static Gen<Quote> Prices { get; } =
        from units in Gen.Choose(0, 1_000_000)
        from currency in Gen.Elements(PriceCases.Currencies)
        from hundredths in Gen.Choose(0, 10_000)
        let total = Money.Round(units / 1000m, currency)
        select new Quote([], total, 0, total, currency, hundredths / 100m);

    [Fact]
    public void What_is_kept_and_what_goes_back_are_the_price() => Prop.ForAll(
        Policies.ToArbitrary(), Prices.ToArbitrary(), Gen.Choose(-600, 15_000).ToArbitrary(), (policy, price, minutes) =>
        {
            var cancelled = policy.At(Start.AddMinutes(-minutes), Start, price);
            Assert.Equal(price.Total, cancelled.AmountKept + cancelled.AmountBack);
            Assert.InRange(cancelled.AmountKept, 0, price.Total);
            Assert.Equal(Money.Round(cancelled.AmountKept, price.Currency), cancelled.AmountKept);
            Assert.InRange(cancelled.CreditHoursBack, 0, price.CreditHoursUsed);
            Assert.Equal(Math.Round(cancelled.CreditHoursBack, 2), cancelled.CreditHoursBack);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Waiting_never_gives_more_back() => Prop.ForAll(
        Policies.ToArbitrary(), Prices.ToArbitrary(), Gen.Choose(-600, 15_000).Two().ToArbitrary(), (policy, price, minutes) =>
        {
            var (early, late) = (Math.Max(minutes.Item1, minutes.Item2), Math.Min(minutes.Item1, minutes.Item2));
            Assert.True(policy.At(Start.AddMinutes(-early), Start, price).AmountBack >= policy.At(Start.AddMinutes(-late), Start, price).AmountBack);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData(48 * 60, 0, 10.25, 5)]
    [InlineData((48 * 60) - 1, 20, 8.2, 4)]
    [InlineData(24 * 60, 20, 8.2, 4)]
    [InlineData((24 * 60) - 1, 50, 5.13, 2.5)]
    [InlineData(119, 100, 0, 0)]
    [InlineData(0, 100, 0, 0)]
    [InlineData(-30, 100, 0, 0)]
    public void A_step_begins_when_less_than_its_hours_are_left(int minutes, int percent, double back, double hours) => Assert.Equal(
        new(percent, 10.25m - (decimal)back, (decimal)back, "EUR", (decimal)hours),
        Steps.At(Start.AddMinutes(-minutes), Start, Priced(10.25m, 5)));

    [Fact]
    public void Without_steps_everything_goes_back_until_the_start()
    {
        Assert.Equal(10, CancellationPolicy.Default.At(Start.AddTicks(-1), Start, Priced(10, 0)).AmountBack);
        Assert.Equal(0, CancellationPolicy.Default.At(Start, Start, Priced(10, 0)).AmountBack);
    }

    [Fact]
    public void The_operator_gives_everything_back_at_any_time() =>
        Assert.Equal(new(0, 0, 10, "EUR", 3), Steps.At(Start.AddHours(1), Start, Priced(10, 3), byOperator: true));

    [Fact]
    public void Steps_that_contradict_each_other_are_refused()
    {
        Assert.Empty(Faults(Steps));
        Assert.Empty(Faults(CancellationPolicy.Default));
        Assert.Equal(["Two steps begin at the same hour."], Faults(new([new(24, 50), new(24, 60)])));
        Assert.Equal(["Closer to the start less would be kept."], Faults(new([new(2, 40), new(24, 50)])));
    }

    [Fact]
    public void A_change_of_price_is_asked_for_or_given_back()
    {
        Assert.Equal(new(10, 12.5m, 2.5m, "EUR", -1), PriceChange.Between(Priced(10, 3), Priced(12.5m, 2)));
        Assert.Null(PriceChange.Between(Priced(10, 3), Priced(10, 3) with { Currency = "USD" }));
    }

    private static Quote Priced(decimal total, decimal credits) => new([], total, 0, total, "EUR", credits);

    private static IEnumerable<string?> Faults(CancellationPolicy policy) => ((IValidatableObject)policy).Validate(new(policy)).Select(fault => fault.ErrorMessage);
}
