using Portico.Bookings.Features.Amenities;
using Portico.Bookings.Features.Blocks;
using Portico.Bookings.Features.Bookings;
using Portico.Bookings.Features.Locations;
using Portico.Bookings.Features.People;
using Portico.Bookings.Features.Spaces;
using Portico.Platform.Data;
using Portico.Platform.Modules;
using Portico.Platform.Schedules;
using Portico.Platform.Web;

namespace Portico.Bookings;

/// <summary>Locations and their spaces, what is free, who booked it, and what it costs.</summary>
public sealed class BookingsModule : IModule
{
    public string Name => "bookings";

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddModuleDatabase<BookingsModule>(Name);
        builder.AddModuleSchedules<BookingsModule>();
        builder.Services.AddValidation();
        builder.Services.AddPeople();
        builder.Services.AddBookings();
        builder.Services.AddLocations();
        builder.Services.AddSpaces();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var bookings = routes.MapModule<BookingsModule>(Name);
        bookings.MapBookings();
        bookings.MapLocations();
        bookings.MapSpaces();
        bookings.MapAmenities();
        bookings.MapBlocks();
    }
}
