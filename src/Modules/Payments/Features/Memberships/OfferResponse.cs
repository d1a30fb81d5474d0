namespace Portico.Payments.Features.Memberships;

/// <summary>A membership that members can have.</summary>
/// <param name="Price">A month, tax included, in <paramref name="Currency"/> (ISO 4217).</param>
/// <param name="TaxPercent">Of the price without tax.</param>
/// <param name="PlanId">The plan in Bookings that comes with it.</param>
/// <param name="Active">Whether it can be had; those who have it keep it.</param>
public sealed record OfferResponse(
    Guid Id, string Name, decimal Price, string Currency, decimal TaxPercent, Guid? PlanId, bool Active, DateTimeOffset CreatedAt)
{
    internal const string Columns = "id, name, price, currency, tax_percent, plan_id, active, created_at";
}
