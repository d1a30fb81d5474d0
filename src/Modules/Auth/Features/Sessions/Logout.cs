using Portico.Auth.Log;
using Portico.Auth.Sessions;
using Portico.Platform.Security;

namespace Portico.Auth.Features.Sessions;

internal static class Logout
{
    public static async Task<NoContent> Handle(
        HttpContext context, Caller caller, CurrentUser user, OwnSessions sessions, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(
            user.SessionId, EndReasons.Logout, caller, (account, _) => LogEntry.Of(LogActions.Logout, LogOutcomes.Ok, account), cancellationToken);
        SignedIn.DeleteCookies(context);
        return TypedResults.NoContent();
    }
}
