namespace Portico.Bookings.Domain.Prices;

/// <summary>What a line of a price is about.</summary>
public enum QuoteLineKind
{
    Space,
    Service,

    /// <summary>Paid with hours of the plan.</summary>
    Credits,

    /// <summary>The plan's, on what credits left of the space's part.</summary>
    Discount,
    Tax,
}

/// <summary>What the quantity of a line counts.</summary>
public enum PriceUnit
{
    Hour,
    HalfDay,
    Day,
    Month,
    Piece,
    Percent,
}

/// <summary>One step of a price.</summary>
/// <param name="Quantity">For people, to four decimals: 20 minutes are 0.3333 hours. The amount is exact.</param>
/// <param name="UnitPrice">Absent where a line is a part of others.</param>
/// <param name="Amount">Rounded half to even to the currency's minor unit; negative for credits and discount.</param>
/// <param name="Included">Contained in the lines before it, as tax in prices that include it: not added again.</param>
public sealed record QuoteLine(
    QuoteLineKind Kind, string Description, decimal Quantity, PriceUnit Unit, decimal? UnitPrice, decimal Amount, bool Included = false);

/// <summary>
/// A price and how it came about. <c>total</c> is <c>subtotal</c> and <c>tax</c>, and the sum of the lines that are not
/// <c>included</c>.
/// </summary>
/// <param name="Subtotal">Without tax.</param>
public sealed record Quote(
    IReadOnlyList<QuoteLine> Lines, decimal Subtotal, decimal Tax, decimal Total, string Currency, decimal CreditHoursUsed);
