using Portico.Auth.Log;
using Portico.Auth.Sessions;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Auth.Features.Sessions;

internal static class EndSession
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, HttpContext context, Caller caller, CurrentUser user, OwnSessions sessions, CancellationToken cancellationToken)
    {
        var ended = await sessions.EndAsync(
            id, EndReasons.EndedByOwner, caller,
            (account, _) => LogEntry.Of(LogActions.SessionEnded, LogOutcomes.Ok, account, id.ToString()), cancellationToken);
        if (ended == 0)
        {
            return Problems.NotFound("session-not-found", "You have no such session, or it is over.");
        }

        if (id == user.SessionId)
        {
            SignedIn.DeleteCookies(context);
        }

        return TypedResults.NoContent();
    }
}
