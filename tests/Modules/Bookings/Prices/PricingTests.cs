using System.Text.Json;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain.Prices;
using Portico.Platform.Amounts;

namespace Portico.Tests.Modules.Bookings.Prices;

public sealed class PricingTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(500);
    private static readonly DateTimeOffset Start = new(2026, 12, 7, 8, 0, 0, TimeSpan.Zero);
    private static readonly PricePlace Place = new(TimeZoneInfo.Utc, "EUR", 22, PricesIncludeTax: false);

    [Fact]
    public void The_total_is_the_sum_of_its_rounded_lines_and_never_negative() => Prop.ForAll(PriceCases.Orders.ToArbitrary(), order =>
    {
        var quote = order.Quote();
        Assert.Equal(quote.Lines.Where(line => !line.Included).Sum(line => line.Amount), quote.Total);
        Assert.Equal(quote.Total, quote.Subtotal + quote.Tax);
        Assert.All(quote.Lines, line => Assert.Equal(Money.Round(line.Amount, quote.Currency), line.Amount));
        Assert.All(quote.Lines, line => Assert.Equal(line.Kind is QuoteLineKind.Credits or QuoteLineKind.Discount, line.Amount < 0 || IsZeroCut(line)));
        Assert.True(quote.Total >= 0 && quote.Tax >= 0 && quote.Subtotal >= 0);
    }).Check(Thorough);

    [Fact]
    public void Credits_used_are_there_and_no_more_than_the_hours_booked() => Prop.ForAll(PriceCases.Orders.ToArbitrary(), order =>
    {
        var quote = order.Quote();
        var hours = (decimal)(order.Stay.End - order.Stay.Start).Ticks / TimeSpan.TicksPerHour;
        Assert.InRange(quote.CreditHoursUsed, 0, Math.Min(order.Payer.CreditHours, hours));
        Assert.Equal(quote.CreditHoursUsed > 0, quote.Lines.Any(line => line.Kind == QuoteLineKind.Credits));
        var space = quote.Lines.Where(line => line.Kind == QuoteLineKind.Space).Sum(line => line.Amount);
        var cuts = quote.Lines.Where(line => line.Kind is QuoteLineKind.Credits or QuoteLineKind.Discount).Sum(line => line.Amount);
        Assert.InRange(-cuts, 0, space);
        if (order.Payer.CreditHours >= hours)
        {
            Assert.Equal(0, space + cuts);
        }
    }).Check(Thorough);

    [Fact]
    public void Tax_contained_in_a_price_is_the_tax_that_was_added_to_it() => Prop.ForAll(PriceCases.Orders.ToArbitrary(), order =>
    {
        var added = (order with { Place = order.Place with { PricesIncludeTax = false } }).Quote();
        var price = new ChosenService("The same, with tax", added.Total, PerHour: false, 1);
        var contained = Pricing.Of(
            order.Stay.Start, order.Stay.End, new(), [price], order.Place with { PricesIncludeTax = true }, PricePayer.WithoutPlan);
        Assert.Equal((added.Subtotal, added.Tax, added.Total), (contained.Subtotal, contained.Tax, contained.Total));
    }).Check(Thorough);

    [Fact]
    public void Credits_come_first_then_the_plan_on_the_rest_of_the_space_then_tax_on_all()
    {
        var quote = Pricing.Of(
            Start, Start.AddHours(4), new(Hourly: 25), [new("Coffee", 3, PerHour: false, 5), new("Screen", 2.5m, PerHour: true, 2)],
            Place, new("Gold", 10, CreditHours: 1));
        Assert.Equal(
            [
                ("2026-12-07 08:00–12:00 hourly", 100m), ("Coffee", 15m), ("2 × Screen, per hour", 20m), ("Credits: 1 h", -25m),
                ("Plan Gold: 10 % off 75", -7.5m), ("22 % tax", 22.55m),
            ],
            quote.Lines.Select(line => (line.Description, line.Amount)));
        Assert.Equal((102.5m, 22.55m, 125.05m, 1m), (quote.Subtotal, quote.Tax, quote.Total, quote.CreditHoursUsed));
    }

    [Fact]
    public void Tax_contained_is_shown_and_not_added()
    {
        var quote = Pricing.Of(Start, Start.AddHours(1), new(Hourly: 122), [], Place with { PricesIncludeTax = true }, PricePayer.WithoutPlan);
        Assert.Equal((100m, 22m, 122m), (quote.Subtotal, quote.Tax, quote.Total));
        Assert.Equal((22m, true), (quote.Lines[^1].Amount, quote.Lines[^1].Included));
    }

    [Theory]
    [InlineData("EUR", 0.125, 0.12)]
    [InlineData("EUR", 0.135, 0.14)]
    [InlineData("EUR", 0.1251, 0.13)]
    [InlineData("JPY", 2.5, 2)]
    [InlineData("KRW", 3.5, 4)]
    [InlineData("KWD", 0.0625, 0.062)]
    [InlineData("TND", 0.0635, 0.064)]
    public void Halves_go_to_the_even_neighbour_in_the_currency_s_smallest_coin(string currency, double rate, double charged)
    {
        var quote = Pricing.Of(Start, Start.AddHours(1), new(Hourly: (decimal)rate), [], new(TimeZoneInfo.Utc, currency, 0, false), PricePayer.WithoutPlan);
        Assert.Equal((decimal)charged, quote.Total);
    }

    [Fact]
    public void Twenty_minutes_are_paid_by_a_third_of_an_hour_cut_to_hundredths()
    {
        var quote = Pricing.Of(Start, Start.AddMinutes(20), new(Hourly: 30), [], Place, new("Gold", 0, CreditHours: 10));
        Assert.Equal((0m, 0.33m), (quote.Total, quote.CreditHoursUsed));
    }

    [Fact]
    public void A_space_without_rates_is_free_and_uses_no_credits()
    {
        var quote = Pricing.Of(Start, Start.AddHours(2), new(), [], Place, new("Gold", 10, CreditHours: 10));
        Assert.Equal((0m, 0m), (quote.Total, quote.CreditHoursUsed));
        Assert.Empty(quote.Lines);
    }

    [Fact]
    public void A_frozen_price_reads_as_it_was_written() => Prop.ForAll(PriceCases.Orders.ToArbitrary(), order =>
    {
        JsonSerializerOptions json = new(JsonSerializerOptions.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        var quote = order.Quote();
        var read = JsonSerializer.Deserialize<Quote>(JsonSerializer.Serialize(quote, json), json)!;
        Assert.Equal(quote.Lines, read.Lines);
        Assert.Equal(quote, read with { Lines = quote.Lines });
        var rules = JsonSerializer.Deserialize<PriceRules>(JsonSerializer.Serialize(order.Stay.Rules, json), json)!;
        Assert.Equal(quote.Total, (order with { Stay = order.Stay with { Rules = rules } }).Quote().Total);
    }).QuickCheckThrowOnFailure();

    // A price of zero has lines of zero.
    private static bool IsZeroCut(QuoteLine line) => line.Kind is QuoteLineKind.Credits or QuoteLineKind.Discount && line.Amount == 0;
}
