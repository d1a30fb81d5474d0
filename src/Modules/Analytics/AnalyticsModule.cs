using Portico.Analytics.Data;
using Portico.Analytics.Features.Dashboards;
using Portico.Analytics.Features.Stats;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Modules;
using Portico.Platform.Schedules;
using Portico.Platform.Web;

namespace Portico.Analytics;

/// <summary>Numbers about what happened, worked out from what the other modules say.</summary>
public sealed class AnalyticsModule(Deployment deployment) : IModule
{
    public string Name => "analytics";

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddModuleDatabase<AnalyticsModule>(Name);
        builder.AddModuleSchedules<AnalyticsModule>();
        builder.Services.AddValidation();
        builder.Services.AddInvariants<AnalyticsModule>(CountInvariants.All);
        builder.Services.AddNeighbour<IOccupancy, OccupancyClient>(deployment, "bookings");
        builder.Services.AddStats();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var analytics = routes.MapModule<AnalyticsModule>(Name);
        analytics.MapStats();
        analytics.MapDashboards();
        analytics.MapJobs<AnalyticsModule>();
    }
}
