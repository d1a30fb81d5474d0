using Portico.Bookings.Domain.Prices;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Bookings;

/// <summary>What a location offers with a booking, at its price.</summary>
internal static class OfferedServices
{
    /// <summary>The services with name and price, in the order asked, or why one cannot be had.</summary>
    public static async Task<(IReadOnlyList<ChosenService> Chosen, ProblemHttpResult? Refusal)> ReadAsync(
        Database<BookingsModule> database, Guid locationId, IReadOnlyList<OrderedService> services, CancellationToken cancellationToken)
    {
        if (services.Count == 0)
        {
            return ([], null);
        }

        Guid[] ids = [.. services.Select(service => service.AmenityId)];
        if (ids.Distinct().Count() < ids.Length)
        {
            return ([], Problems.Invalid("services", "Each service is named once."));
        }

        var offered = (await database.QueryAsync<Offered>(
            """
            select id, name, unit_price, per_hour from amenities
            where id = any(@ids) and location_id = @locationId and unit_price is not null and retired_at is null
            """, new { ids, locationId }, cancellationToken)).ToDictionary(service => service.Id);
        return services.FirstOrDefault(service => !offered.ContainsKey(service.AmenityId)) is { } missing
            ? ([], Problems.Unprocessable("service-not-offered", "The location does not offer this service.", ("amenity_id", missing.AmenityId)))
            : ([.. services.Select(service => offered[service.AmenityId].Times(service.Quantity))], null);
    }

    private sealed record Offered(Guid Id, string Name, decimal UnitPrice, bool PerHour)
    {
        public ChosenService Times(int quantity) => new(Name, UnitPrice, PerHour, quantity);
    }
}
