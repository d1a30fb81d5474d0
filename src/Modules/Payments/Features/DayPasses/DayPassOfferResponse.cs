namespace Portico.Payments.Features.DayPasses;

/// <summary>A day pass that members can have.</summary>
/// <param name="Price">Of all its days, tax included, in <paramref name="Currency"/> (ISO 4217).</param>
/// <param name="TaxPercent">Of the price without tax.</param>
/// <param name="ValidDays">Days of the calendar on which it can be used, the first one included.</param>
/// <param name="LocationId">Where it is good; null for all locations.</param>
/// <param name="AtDoor">Whether it is charged to those who come with neither plan nor pass.</param>
/// <param name="Active">Whether it can be had; those who have it keep it.</param>
public sealed record DayPassOfferResponse(
    Guid Id, string Name, decimal Price, string Currency, decimal TaxPercent, int Days, int ValidDays, Guid? LocationId, bool AtDoor, bool Active,
    DateTimeOffset CreatedAt)
{
    internal const string Columns = "id, name, price, currency, tax_percent, days, valid_days, location_id, at_door, active, created_at";
}
