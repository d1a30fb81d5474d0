using Portico.Payments.Providers.Stripe;

namespace Portico.Tests.Modules.Payments;

public sealed class StripeAmountsTests
{
    [Theory]
    [InlineData("12.50", "EUR", 1250)]
    [InlineData("0.01", "USD", 1)]
    [InlineData("500", "JPY", 500)]
    [InlineData("5", "ISK", 500)]
    [InlineData("1.250", "KWD", 1250)]
    [InlineData("99999999.99", "EUR", 9999999999)]
    public void An_amount_is_counted_in_the_smallest_unit_and_back(string amount, string currency, long units)
    {
        var value = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(units, StripeAmounts.ToUnits(value, currency));
        Assert.Equal(value, StripeAmounts.FromUnits(units, currency));
    }
}
