using Portico.Contracts.Bookings;
using Portico.Members.Messages;
using Portico.Platform.Messaging;
using Portico.Platform.Modules;
using Portico.Platform.Schedules;
using Portico.Platform.Security;

namespace Portico.Members.Features.Visits;

/// <summary>Who came in at which door, and when.</summary>
internal static class VisitRoutes
{
    public static void AddVisits(this IServiceCollection services)
    {
        services.AddSingleton<VisitMeter>();
        services.AddHostedService<OccupancySampler>();
        services.AddScoped<Door>();
        services.AddEventHandler<MembersModule, BookingCheckedIn, OpenVisitForBooking>();
        services.AddScheduledJob<MembersModule, CloseForgottenVisits>("close-forgotten-visits", TimeSpan.FromMinutes(1));
        services.AddScoped<IDemoData, DemoVisits>();
    }

    public static void MapVisits(this RouteGroupBuilder members)
    {
        members.MapGet("/visits", ListMyVisits.Handle).WithName("ListMyVisits").WithSummary("My visits, latest first");
        members.MapGet("/occupancy", ShowOccupancy.HandleAll).WithName("ShowOccupancy").WithSummary("How many people are where");
        members.MapGet("/occupancy/{id:guid}", ShowOccupancy.HandleOne).WithName("ShowLocationOccupancy").WithSummary("How many people are at a location");

        var door = members.MapGroup("/visits").RequireAuthorization(Policies.Kiosk);
        door.MapPost("/scan", ScanPass.Handle).WithName("ScanPass").WithSummary("Check a member in, or out if in");
        door.MapPost("/scans", ScanPasses.Handle).WithName("ScanPasses").WithSummary("Send the scans of an offline device");

        var staff = members.MapGroup("").RequireAuthorization(Policies.Staff);
        staff.MapGet("/visits/conflicts", ListConflicts.Handle).WithName("ListScanConflicts").WithSummary("Late scans that cannot be true");
        staff.MapGet("/visits/members/{id:guid}", ListMemberVisits.Handle).WithName("ListMemberVisits").WithSummary("A member's visits");
        staff.MapPost("/visits/{id:guid}/end", EndVisit.Handle).WithName("EndVisit").WithSummary("End a visit by hand");
        staff.MapGet("/locations/{id:guid}/visits", ListLocationVisits.Handle).WithName("ListLocationVisits").WithSummary("Who is in, or was");
        staff.MapPost("/locations/{id:guid}/visits", CheckInByHand.Handle).WithName("CheckInByHand").WithSummary("Check a member in by hand");
    }
}
