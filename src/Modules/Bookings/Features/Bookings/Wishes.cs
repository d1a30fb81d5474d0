using Portico.Bookings.Data;
using Portico.Bookings.Domain.Prices;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Bookings;

/// <summary>Reads what somebody asks for, and whether the rules let them have it.</summary>
internal static class Wishes
{
    public static async Task<(Wish? Wish, ProblemHttpResult? Refusal)> ReadAsync(
        HoldSpaceRequest request, Database<BookingsModule> database, CurrentUser user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (startsAt, endsAt) = (request.StartsAt!.Value, request.EndsAt!.Value);
        if (await BookableSpace.FindAsync(database, request.SpaceId!.Value, startsAt, endsAt, cancellationToken) is not { } space)
        {
            return (null, BookingProblems.SpaceNotFound());
        }

        var services = request.Services ?? [];
        var (chosen, unknown) = await ChosenAsync(database, space, services, cancellationToken);
        if (unknown is not null)
        {
            return (null, unknown);
        }

        return (new(space, request.MemberId ?? user.Id, startsAt, endsAt, request.People, request.Note?.Trim(), services, chosen, user.Id, request.Reason?.Trim()), null);
    }

    private static async Task<(IReadOnlyList<ChosenService> Chosen, ProblemHttpResult? Unknown)> ChosenAsync(
        Database<BookingsModule> database, BookableSpace space, IReadOnlyList<OrderedService> services, CancellationToken cancellationToken)
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
            "select id, name, unit_price, per_hour from amenities where id = any(@ids) and location_id = @LocationId and unit_price is not null and retired_at is null",
            new { ids, space.LocationId }, cancellationToken)).ToDictionary(service => service.Id);
        return services.FirstOrDefault(service => !offered.ContainsKey(service.AmenityId)) is { } missing
            ? ([], Problems.Unprocessable("service-not-offered", "The location does not offer this service.", ("amenity_id", missing.AmenityId)))
            : ([.. services.Select(service => offered[service.AmenityId].Times(service.Quantity))], null);
    }

    private sealed record Offered(Guid Id, string Name, decimal UnitPrice, bool PerHour)
    {
        public ChosenService Times(int quantity) => new(Name, UnitPrice, PerHour, quantity);
    }
}
