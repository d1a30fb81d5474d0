using Portico.Platform.Amounts;

namespace Portico.Payments.Documents;

/// <summary>Something on a document.</summary>
/// <param name="TransactionId">What was owed for it, if something was.</param>
/// <param name="UnitPrice">Tax included.</param>
/// <param name="Amount">What all of it comes to, tax included.</param>
public sealed record DocumentLine(Guid? TransactionId, string Description, decimal Quantity, decimal UnitPrice, decimal TaxPercent, decimal Amount);

/// <summary>What a document has at one rate of tax.</summary>
/// <param name="Net">Without tax; with <paramref name="Tax"/> it is <paramref name="Gross"/>.</param>
public sealed record TaxLine(decimal Percent, decimal Net, decimal Tax, decimal Gross);

internal static class Taxes
{
    /// <summary>The tax in the lines by rate, the lowest first. It is rounded once per rate and not per line, so that all sums agree.</summary>
    public static IReadOnlyList<TaxLine> Of(IEnumerable<DocumentLine> lines, string currency) =>
    [
        .. lines.GroupBy(line => line.TaxPercent, line => line.Amount).OrderBy(rate => rate.Key).Select(rate =>
        {
            var gross = rate.Sum();
            var tax = Money.Round(gross * rate.Key / (100 + rate.Key), currency);
            return new TaxLine(rate.Key, gross - tax, tax, gross);
        }),
    ];
}
