using Portico.Analytics.Data;
using Portico.Analytics.Messages;
using Portico.Platform.Messaging;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Analytics.Features.Stats;

/// <summary>What was counted of transactions.</summary>
internal static class StatsRoutes
{
    public static void AddStats(this IServiceCollection services)
    {
        services.AddOptions<AnalyticsOptions>().BindConfiguration(AnalyticsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AnalyticsMeter>();
        services.AddScoped<Rebuild>();
        services.AddStreamHandler<AnalyticsModule, CountFacts>(KeptFacts.Topics);
    }

    public static void MapStats(this RouteGroupBuilder analytics)
    {
        analytics.MapGet("/health", ShowHealth.Handle).AllowAnyone().WithName("ShowAnalyticsHealth").WithSummary("Whether it can count");
        var stats = analytics.MapGroup("/stats").RequireAuthorization(Policies.People);
        stats.MapGet("", ShowStats.Handle).WithName("ShowStats").WithSummary("Transactions: everybody's, of my locations, or mine");
        stats.MapGet("/days", ListDays.Handle).WithName("ListDayStats").WithSummary("The same by day");
        stats.MapGet("/locations", ListLocations.Handle).RequireAuthorization(Policies.Staff).WithName("ListLocationStats").WithSummary("Bookings and their money by location");
        stats.MapGet("/members", ListMembers.Handle).RequireAuthorization(Policies.Admin).WithName("ListMemberStats").WithSummary("Transactions by member");
    }
}
