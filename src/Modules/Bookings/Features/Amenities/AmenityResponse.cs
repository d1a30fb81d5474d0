namespace Portico.Bookings.Features.Amenities;

/// <summary>What spaces have (a screen), and what can be had with a booking (coffee for ten).</summary>
/// <param name="UnitPrice">What one costs, in the location's currency; 0 is free. Null: it belongs to spaces and cannot be ordered.</param>
/// <param name="PerHour">Whether the price is for an hour, or for the whole booking.</param>
/// <param name="Stock">How many there are to go round at any one time; null: as many as are asked for.</param>
/// <param name="RetiredAt">Since when it cannot be ordered any more.</param>
public sealed record AmenityResponse(
    Guid Id, Guid LocationId, string Name, decimal? UnitPrice, bool PerHour, int? Stock, DateTimeOffset? RetiredAt)
{
    internal const string Columns = "id, location_id, name, trim_scale(unit_price) as unit_price, per_hour, stock, retired_at";
}
