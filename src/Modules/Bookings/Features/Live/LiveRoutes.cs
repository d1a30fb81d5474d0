using Portico.Bookings.Schedules;
using Portico.Platform.Schedules;

namespace Portico.Bookings.Features.Live;

/// <summary>The floor as it changes, and how many want the same.</summary>
internal static class LiveRoutes
{
    public static void AddLive(this IServiceCollection services)
    {
        services.AddOptions<LiveOptions>().BindConfiguration(LiveOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<FloorFeed>();
        services.AddSingleton<LiveMeter>();
        services.AddScoped<LiveFloor>();
        services.AddHostedService<FloorSequencer>();
        services.AddHostedService<FloorReader>();
        services.AddScheduledJob<BookingsModule, ForgetViews>("forget-views", TimeSpan.FromMinutes(5));
    }

    public static void MapLive(this RouteGroupBuilder bookings)
    {
        bookings.MapGet("/floor", ShowFloor.Handle).WithName("ShowFloor").WithSummary("The floor as it is now");
        // How long a stream lasts says nothing about how fast anything is.
        bookings.MapGet("/live", FollowFloor.Handle).DisableHttpMetrics().WithName("FollowFloor").WithSummary("The floor as it changes, as Server-Sent Events");
        bookings.MapGet("/spaces/{id:guid}/contention", ShowContention.Handle).WithName("ShowContention").WithSummary("How many look at a space, or hold it");
    }
}
