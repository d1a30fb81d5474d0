using Portico.Platform.Security;

namespace Portico.Analytics.Features.Dashboards;

/// <summary>What was counted of bookings and visits.</summary>
internal static class DashboardRoutes
{
    public static void MapDashboards(this RouteGroupBuilder analytics)
    {
        var people = analytics.MapGroup("").RequireAuthorization(Policies.People);
        people.MapGet("/overview", ShowOverview.Handle).WithName("ShowOverview").WithSummary("Bookings, visits and revenue of some days");
        people.MapGet("/bookings", ListBookingDays.Handle).WithName("ListBookingDays").WithSummary("Bookings by day");
        people.MapGet("/performance", ShowPerformance.Handle).RequireAuthorization(Policies.Staff)
            .WithName("ShowPerformance").WithSummary("Occupancy, popular spaces, peak hours, retention");
    }
}
