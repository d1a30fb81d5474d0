using Portico.Platform.Modules;
using Portico.Platform.Schedules;
using Portico.Platform.Security;

namespace Portico.Members.Features.Events;

/// <summary>Events: what takes place, who is expected, the code on the screen.</summary>
internal static class EventRoutes
{
    public static void AddEvents(this IServiceCollection services)
    {
        services.AddScheduledJob<MembersModule, CloseEndedEvents>("close-ended-events", TimeSpan.FromMinutes(1));
        services.AddScoped<IDemoData, DemoEvents>();
    }

    public static void MapEvents(this RouteGroupBuilder members)
    {
        // A device at a door attends nothing.
        var events = members.MapGroup("/events").RequireAuthorization(Policies.People);
        events.MapGet("/", ListEvents.Handle).WithName("ListEvents").WithSummary("Events I may attend or run");
        events.MapGet("/{id:guid}", ShowEvent.Handle).WithName("ShowEvent").WithSummary("One event");

        var staff = members.MapGroup("/events").RequireAuthorization(Policies.Staff);
        staff.MapPost("/", CreateEvent.Handle).WithName("CreateEvent").WithSummary("Plan an event");
        staff.MapPatch("/{id:guid}", ChangeEvent.Handle).WithName("ChangeEvent").WithSummary("Change an event's plan");
        staff.MapPost("/{id:guid}/cancel", CancelEvent.Handle).WithName("CancelEvent").WithSummary("Call an event off");
        staff.MapPost("/{id:guid}/close", CloseEvent.Handle).WithName("CloseEvent").WithSummary("Close an event before its check-in ends");
        staff.MapGet("/{id:guid}/qr", ShowEventQr.Handle).WithName("ShowEventQr").WithSummary("The code that members scan");
        staff.MapGet("/{id:guid}/roster", ShowRoster.Handle).WithName("ShowRoster").WithSummary("Who is expected");
        staff.MapPut("/{id:guid}/roster", ReplaceRoster.Handle).WithName("ReplaceRoster").WithSummary("Say who is expected");
        staff.MapPost("/{id:guid}/roster/{member_id:guid}", AddToRoster.Handle).WithName("AddToRoster").WithSummary("Expect one more");
        staff.MapDelete("/{id:guid}/roster/{member_id:guid}", RemoveFromRoster.Handle).WithName("RemoveFromRoster").WithSummary("Expect one less");
    }
}
