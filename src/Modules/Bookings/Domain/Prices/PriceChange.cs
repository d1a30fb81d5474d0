namespace Portico.Bookings.Domain.Prices;

/// <summary>What changing a booking does to its price.</summary>
/// <param name="Difference">More to pay; negative: to give back.</param>
/// <param name="CreditHoursDifference">More hours to use; negative: to give back.</param>
public sealed record PriceChange(decimal Before, decimal After, decimal Difference, string Currency, decimal CreditHoursDifference)
{
    /// <summary>Null between two currencies: there is no difference to pay.</summary>
    internal static PriceChange? Between(Quote before, Quote after) => before.Currency != after.Currency ? null : new(
        before.Total, after.Total, after.Total - before.Total, after.Currency, after.CreditHoursUsed - before.CreditHoursUsed);
}
