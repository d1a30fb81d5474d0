using Portico.Platform.Modules;

namespace Portico.Bookings.Features.Demo;

/// <summary>Life in the demonstration's locations, which are there before.</summary>
internal static class DemoServices
{
    public static void AddDemo(this IServiceCollection services)
    {
        services.AddSingleton<DemoStay>();
        services.AddScoped<IDemoData, DemoTeams>();
        services.AddScoped<IDemoData, DemoBookings>();
    }
}
