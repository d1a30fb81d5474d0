using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Calendars;

/// <summary>Bookings in people's own calendars.</summary>
internal static class CalendarRoutes
{
    public const string ContentType = "text/calendar; charset=utf-8";
    private const string Documented = "text/calendar";

    public static void MapCalendars(this RouteGroupBuilder bookings)
    {
        var people = bookings.MapGroup("/").RequireAuthorization(Policies.People);
        people.MapGet("/{id:guid}/ics", ShowBookingIcs.Handle)
            .Produces<string>(StatusCodes.Status200OK, Documented).WithName("ShowBookingIcs").WithSummary("One booking, for a calendar");
        people.MapGet("/calendars", ListCalendars.Handle).WithName("ListCalendars").WithSummary("Addresses from which calendars read");
        people.MapPost("/calendars", AddCalendar.Handle).NeverStoreAnswers().WithName("AddCalendar").WithSummary("An address for a calendar program");
        people.MapDelete("/calendars/{id:guid}", RevokeCalendar.Handle).WithName("RevokeCalendar").WithSummary("Take such an address back");
        // Calendar programs sign in nowhere: who knows the address may read.
        bookings.MapGet("/calendars/{token}.ics", ShowCalendar.Handle).AllowAnyone()
            .Produces<string>(StatusCodes.Status200OK, Documented).Produces(StatusCodes.Status304NotModified)
            .WithName("ShowCalendar").WithSummary("What a calendar program reads");
    }
}
