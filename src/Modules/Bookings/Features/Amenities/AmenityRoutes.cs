using Portico.Platform.Security;

namespace Portico.Bookings.Features.Amenities;

/// <summary>What spaces have and what comes with a booking.</summary>
internal static class AmenityRoutes
{
    public static void MapAmenities(this RouteGroupBuilder bookings)
    {
        var amenities = bookings.MapGroup("/amenities");
        amenities.MapGet("/", ListAmenities.Handle).WithName("ListAmenities").WithSummary("Amenities and services, by name");
        amenities.MapGet("/{id:guid}", ShowAmenity.Handle).WithName("ShowAmenity").WithSummary("One amenity");

        var staff = bookings.MapGroup("/amenities").RequireAuthorization(Policies.Staff);
        staff.MapPost("/", AddAmenity.Handle).WithName("AddAmenity").WithSummary("Offer an amenity or a service");
        staff.MapPatch("/{id:guid}", ChangeAmenity.Handle).WithName("ChangeAmenity").WithSummary("Change its price, or how many there are");
        staff.MapPost("/{id:guid}/retire", RetireAmenity.Handle).WithName("RetireAmenity").WithSummary("Offer it no more");
    }
}
