using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Notifications.Features.Preferences;

internal static class ShowPreferences
{
    public static async Task<Ok<PreferencesResponse>> Handle(Database<NotificationsModule> database, CurrentUser user, CancellationToken cancellationToken) =>
        TypedResults.Ok(await database.PreferencesOfAsync(user.Id, cancellationToken));
}
