using System.ComponentModel.DataAnnotations;

namespace Portico.Bookings.Domain.Prices;

/// <summary>So and so many of an amenity, with a booking.</summary>
public sealed record OrderedService([property: Required] Guid AmenityId, [property: Range(1, 1000)] int Quantity = 1);
