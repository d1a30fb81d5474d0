using Portico.Contracts.Bookings;
using Portico.Members.Messages;
using Portico.Platform.Messaging;
using Portico.Platform.Modules;

namespace Portico.Members.Features.Locations;

/// <summary>The operator's places and who works there. They are Bookings': what it says arrives by message.</summary>
internal static class LocationServices
{
    public static void AddLocations(this IServiceCollection services)
    {
        services.AddEventHandler<MembersModule, LocationChanged, CopyLocation>();
        services.AddEventHandler<MembersModule, LocationStaffChanged, CopyStaff>();
        services.AddEventHandler<MembersModule, LocationStaffListed, CopyAllStaff>();
        services.AddScoped<IDemoData, DemoLocations>();
    }
}
