using Portico.Platform.Security;

namespace Portico.Notifications.Features.Preferences;

/// <summary>What I want to be told, and how.</summary>
internal static class PreferenceRoutes
{
    public static void MapPreferences(this RouteGroupBuilder notifications)
    {
        var mine = notifications.MapGroup("/preferences").RequireAuthorization(Policies.People);
        mine.MapGet("", ShowPreferences.Handle).WithName("ShowPreferences").WithSummary("What I am told, and how");
        mine.MapPut("", ChangePreferences.Handle).WithName("ChangePreferences").WithSummary("Say what I want to be told, and how");
    }
}
