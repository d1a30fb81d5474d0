using Portico.Contracts.Locations;
using Portico.Members.Data;
using Portico.Platform.Modules;
using Portico.Platform.Security;

namespace Portico.Members.Features.Locations;

/// <summary>The operator's places, until Bookings owns them, and who works there.</summary>
internal static class LocationRoutes
{
    public static void AddLocations(this IServiceCollection services)
    {
        services.AddScoped<ILocationDirectory, LocationDirectory>();
        services.AddScoped<IDemoData, DemoLocations>();
    }

    public static void MapLocations(this RouteGroupBuilder members)
    {
        var locations = members.MapGroup("/locations");
        locations.MapGet("/", ListLocations.Handle).WithName("ListLocations").WithSummary("All locations");
        locations.MapGet("/{id:guid}", ShowLocation.Handle).WithName("ShowLocation").WithSummary("One location");
        locations.MapGet("/{id:guid}/staff", ListStaff.Handle).RequireAuthorization(Policies.Staff).WithName("ListStaff").WithSummary("Who works at a location");

        var admin = members.MapGroup("/locations").RequireAuthorization(Policies.Admin);
        admin.MapPost("/", AddLocation.Handle).WithName("AddLocation").WithSummary("Add a location");
        admin.MapPatch("/{id:guid}", ChangeLocation.Handle).WithName("ChangeLocation").WithSummary("Change a location");
        admin.MapPut("/{id:guid}/staff/{account_id:guid}", AppointStaff.Handle).WithName("AppointStaff").WithSummary("Give somebody a duty at a location");
        admin.MapDelete("/{id:guid}/staff/{account_id:guid}", DismissStaff.Handle).WithName("DismissStaff").WithSummary("Take a duty away");
    }
}
