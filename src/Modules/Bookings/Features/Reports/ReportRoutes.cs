using Portico.Contracts.Bookings;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Reports;

/// <summary>How the places one runs are used, and what they bring.</summary>
internal static class ReportRoutes
{
    public static void AddReports(this IServiceCollection services) => services.AddScoped<IOccupancy, TellOccupancy>();

    public static void MapOccupancy(this IEndpointRouteBuilder routes) =>
        routes.MapPost(TellOccupancy.Path, TellOccupancy.Handle).RequireAuthorization(Policies.Service).ExcludeFromDescription();

    public static void MapReports(this RouteGroupBuilder bookings)
    {
        var reports = bookings.MapGroup("/reports").RequireAuthorization(Policies.Staff);
        reports.MapGet("/summary", ShowReport.Handle).WithName("ShowReport").WithSummary("All figures of some days");
        reports.MapGet("/hours", ListHourUse.Handle).WithName("ListHourUse").WithSummary("Occupancy by hour of the day");
        reports.MapGet("/spaces", ListSpaceUse.Handle).WithName("ListSpaceUse").WithSummary("How much each space was used");
        reports.MapGet("/members", ListMemberUse.Handle).WithName("ListMemberUse").WithSummary("How much each member used, and brings");
    }
}
