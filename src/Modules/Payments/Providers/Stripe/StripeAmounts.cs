using Portico.Platform.Amounts;

namespace Portico.Payments.Providers.Stripe;

/// <summary>Stripe counts in the smallest unit of a currency: 12.50 EUR are 1250.</summary>
internal static class StripeAmounts
{
    public static long ToUnits(decimal amount, string currency) => (long)(amount * Factor(currency));

    public static decimal FromUnits(long units, string currency)
    {
        // The scale is that of the currency: 1250 cents are 12.50.
        var amount = units / Factor(currency);
        return Money.Round(amount + (0m * Factor(currency)), currency);
    }

    // Two that have no smaller unit any more are still written with two digits: docs.stripe.com/currencies, "Special cases".
    private static decimal Factor(string currency) => currency is "ISK" or "UGX" ? 100 : Money.MinorUnits(currency) switch
    {
        0 => 1,
        2 => 100,
        3 => 1000,
        _ => 10_000,
    };
}
