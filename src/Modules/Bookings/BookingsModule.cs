using Portico.Bookings.Data;
using Portico.Bookings.Features.Availability;
using Portico.Bookings.Features.Amenities;
using Portico.Bookings.Features.Blocks;
using Portico.Bookings.Features.Bookings;
using Portico.Bookings.Features.Demo;
using Portico.Bookings.Features.Live;
using Portico.Bookings.Features.Calendars;
using Portico.Bookings.Features.Expiries;
using Portico.Bookings.Features.Invites;
using Portico.Bookings.Features.Locations;
using Portico.Bookings.Features.People;
using Portico.Bookings.Features.Series;
using Portico.Bookings.Features.Visits;
using Portico.Bookings.Features.Waiting;
using Portico.Bookings.Features.Plans;
using Portico.Bookings.Features.Reports;
using Portico.Bookings.Features.Teams;
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
        builder.Services.AddInvariants<BookingsModule>(BookingInvariants.All);
        builder.Services.AddPeople();
        builder.Services.AddBookings();
        builder.Services.AddWaiting();
        builder.Services.AddVisits();
        builder.Services.AddPlans();
        builder.Services.AddTeams();
        builder.Services.AddLocations();
        builder.Services.AddLive();
        builder.Services.AddSpaces();
        builder.Services.AddInvites();
        builder.Services.AddReports();
        builder.Services.AddDemo();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var bookings = routes.MapModule<BookingsModule>(Name);
        bookings.MapBookings();
        bookings.MapWaiting();
        bookings.MapSeries();
        bookings.MapLocations();
        bookings.MapInvites();
        bookings.MapPlans();
        bookings.MapTeams();
        bookings.MapSpaces();
        bookings.MapLive();
        bookings.MapAvailability();
        bookings.MapCalendars();
        bookings.MapExpiries();
        bookings.MapJobs<BookingsModule>();
        bookings.MapAmenities();
        bookings.MapBlocks();
        bookings.MapReports();
        routes.MapOccupancy();
        routes.MapKnownTeams();
    }
}
