using Portico.Activity.Audit;
using Portico.Activity.Messages;
using Portico.Activity.Schedules;
using Portico.Platform.Messaging;
using Portico.Platform.Schedules;
using Portico.Platform.Security;

namespace Portico.Activity.Features.Audit;

/// <summary>The trail of what happened.</summary>
internal static class AuditRoutes
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddOptions<ActivityOptions>().BindConfiguration(ActivityOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddStreamHandler<ActivityModule, RecordFacts>("users", "members", "bookings", "transactions");
        services.AddDailyJob<ActivityModule, KeepAudit>("keep-audit", new(3, 30));
        services.AddScoped<AuditChain>();
    }

    public static void MapAudit(this RouteGroupBuilder activity)
    {
        var audit = activity.MapGroup("/audit").ProducesProblem(StatusCodes.Status403Forbidden);
        audit.MapGet("/mine", ListMyAudit.Handle).RequireAuthorization(Policies.People).WithName("ListMyAudit").WithSummary("What happened about me, newest first");
        audit.MapGet("", ListAudit.Handle).RequireAuthorization(Policies.Admin).WithName("ListAudit").WithSummary("What happened, newest first");
        audit.MapGet("/{number:long}", ShowAuditRecord.Handle).RequireAuthorization(Policies.Admin).WithName("ShowAuditRecord").WithSummary("One record");
    }
}
