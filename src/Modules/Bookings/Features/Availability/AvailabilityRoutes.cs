using Portico.Platform.Security;

namespace Portico.Bookings.Features.Availability;

/// <summary>What can be had, when and for how much.</summary>
internal static class AvailabilityRoutes
{
    public static void MapAvailability(this RouteGroupBuilder bookings)
    {
        var people = bookings.MapGroup("/").RequireAuthorization(Policies.People);
        people.MapGet("/availability", FindAvailable.Handle).WithName("FindAvailable").WithSummary("Which spaces can be had at a time, and why others not");
        people.MapGet("/availability/day", ShowDay.Handle).WithName("ShowAvailableDay").WithSummary("A location's day: what is free and what is taken");
        people.MapGet("/availability/month", ShowMonth.Handle).WithName("ShowAvailableMonth").WithSummary("On which days of a month something is free");
        people.MapGet("/availability/next", FindNext.Handle).WithName("FindNextTimes").WithSummary("The next times that can be had for so long");
        people.MapGet("/price", ShowPrice.Handle).WithName("ShowPrice").WithSummary("What a booking would cost, line by line");
    }
}
