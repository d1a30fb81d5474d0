using Portico.Platform.Modules;
using Portico.Platform.Schedules;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Locations;

/// <summary>The operator's places, when they are open and who works there.</summary>
internal static class LocationRoutes
{
    public static void AddLocations(this IServiceCollection services)
    {
        services.AddScoped<IDemoData, DemoLocations>();
        services.AddDailyJob<BookingsModule, AnnounceLocations>("announce-locations", new TimeOnly(2, 50));
    }

    public static void MapLocations(this RouteGroupBuilder bookings)
    {
        var locations = bookings.MapGroup("/locations");
        locations.MapGet("/", ListLocations.Handle).WithName("ListLocations").WithSummary("All locations");
        locations.MapGet("/{id:guid}", ShowLocation.Handle).WithName("ShowLocation").WithSummary("One location");

        var staff = bookings.MapGroup("/locations/{id:guid}").RequireAuthorization(Policies.Staff);
        staff.MapPatch("/", ChangeLocation.Handle).WithName("ChangeLocation").WithSummary("Change a location");
        staff.MapGet("/exceptions", ListExceptions.Handle).WithName("ListOpeningExceptions").WithSummary("Days with other opening hours");
        staff.MapPut("/exceptions/{date}", SetException.Handle).WithName("SetOpeningException").WithSummary("Open differently on a day, or not at all");
        staff.MapDelete("/exceptions/{date}", RemoveException.Handle).WithName("RemoveOpeningException").WithSummary("Open as on any such weekday");
        staff.MapGet("/staff", ListStaff.Handle).WithName("ListStaff").WithSummary("Who works at a location");

        var admin = bookings.MapGroup("/locations").RequireAuthorization(Policies.Admin);
        admin.MapPost("/", AddLocation.Handle).WithName("AddLocation").WithSummary("Add a location");
        admin.MapPost("/{id:guid}/retire", RetireLocation.Handle).WithName("RetireLocation").WithSummary("Plan nothing new at a location");
        admin.MapPut("/{id:guid}/staff/{account_id:guid}", AppointStaff.Handle).WithName("AppointStaff").WithSummary("Give somebody a duty at a location");
        admin.MapDelete("/{id:guid}/staff/{account_id:guid}", DismissStaff.Handle).WithName("DismissStaff").WithSummary("Take a duty away");
    }
}
