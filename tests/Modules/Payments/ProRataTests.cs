using Portico.Payments.Domain;

namespace Portico.Tests.Modules.Payments;

public sealed class ProRataTests
{
    [Theory]
    [InlineData("2026-01-31", 31, "2026-02-28")]
    [InlineData("2026-02-28", 31, "2026-03-31")]
    [InlineData("2028-01-30", 30, "2028-02-29")]
    [InlineData("2028-02-29", 29, "2028-03-29")]
    [InlineData("2026-12-15", 15, "2027-01-15")]
    [InlineData("2026-03-29", 29, "2026-04-29")]
    public void A_period_goes_to_the_anchor_day_or_the_last_of_a_shorter_month(string start, int anchor, string end) =>
        Assert.Equal(new BillingPeriod(Day(start), Day(end)), BillingPeriod.From(Day(start), anchor));

    [Theory]
    [InlineData("2026-01-01", "100", "200", 51.62, 0)]
    [InlineData("2026-01-01", "200", "100", 0, 51.62)]
    [InlineData("2028-02-01", "100", "0", 0, 48.28)]
    [InlineData("2026-02-01", "29.99", "29.99", 0, 0)]
    public void The_rest_of_the_old_is_taken_off_the_rest_of_the_new(string start, string old, string other, decimal charge, decimal credit)
    {
        var period = BillingPeriod.From(Day(start), 1);
        Assert.Equal(new ProRata(charge, credit), ProRata.Of(Amount(old), Amount(other), "EUR", period, Day(start).AddDays(15)));
    }

    [Fact]
    public void Whatever_is_changed_when_and_how_often_each_day_is_paid_once_to_the_cent()
    {
        var random = new Random(20261129);
        for (var round = 0; round < 2_000; round++)
        {
            var start = new DateOnly(2023, 1, 1).AddDays(random.Next(2_000));
            var period = BillingPeriod.From(start, start.Day);
            var currency = random.Next(4) switch { 0 => "JPY", 1 => "KWD", _ => "EUR" };
            var price = Price(random, currency);
            var (paid, expected, last) = (price, 0m, start);
            foreach (var on in Enumerable.Range(0, random.Next(1, 6)).Select(_ => start.AddDays(random.Next(period.Days))).Order())
            {
                var other = Price(random, currency);
                var change = ProRata.Of(price, other, currency, period, on);
                Assert.True(change is { Charge: >= 0, Credit: >= 0 } && (change.Charge == 0 || change.Credit == 0), $"{change}");
                Assert.Equal(new ProRata(change.Credit, change.Charge), ProRata.Of(other, price, currency, period, on));
                paid += change.Charge - change.Credit;
                expected += ProRata.Rest(price, currency, period, last) - ProRata.Rest(price, currency, period, on);
                (price, last) = (other, on);
            }

            Assert.Equal(expected + ProRata.Rest(price, currency, period, last), paid);
            Assert.Equal((price, 0m), (ProRata.Rest(price, currency, period, period.Start), ProRata.Rest(price, currency, period, period.End)));
        }
    }

    private static decimal Price(Random random, string currency) => currency switch
    {
        "JPY" => random.Next(50_000),
        "KWD" => random.Next(1_000_000) / 1000m,
        _ => random.Next(100_000) / 100m,
    };

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static decimal Amount(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
