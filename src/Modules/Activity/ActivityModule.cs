using Portico.Activity.Audit;
using Portico.Activity.Features.Audit;
using Portico.Activity.Features.Social;
using Portico.Platform.Data;
using Portico.Platform.Modules;
using Portico.Platform.Schedules;
using Portico.Platform.Web;

namespace Portico.Activity;

/// <summary>What members tell each other, and the trail of everything that happened.</summary>
public sealed class ActivityModule : IModule
{
    public string Name => "activity";

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddModuleDatabase<ActivityModule>(Name);
        builder.AddModuleSchedules<ActivityModule>();
        builder.Services.AddValidation();
        builder.Services.AddSocial();
        builder.Services.AddAudit();
        builder.Services.AddInvariants<ActivityModule>(TrailInvariants.All);
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var activity = routes.MapModule<ActivityModule>(Name);
        activity.MapSocial();
        activity.MapAudit();
        activity.MapJobs<ActivityModule>();
    }
}
