using System.Globalization;
using Portico.Auth.Log;
using Portico.Auth.Sessions;

namespace Portico.Auth.Features.Sessions;

/// <summary>Ends every session of the account, this one as well.</summary>
internal static class LogoutEverywhere
{
    public static async Task<NoContent> Handle(HttpContext context, Caller caller, OwnSessions sessions, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(
            only: null, EndReasons.LoggedOutEverywhere, caller,
            (account, ended) => LogEntry.Of(LogActions.SessionEnded, LogOutcomes.Ok, account, ended.ToString(CultureInfo.InvariantCulture)),
            cancellationToken);
        SignedIn.DeleteCookies(context);
        return TypedResults.NoContent();
    }
}
