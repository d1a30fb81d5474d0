using Portico.Auth.Data;
using Portico.Auth.Log;
using Portico.Auth.Sessions;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Auth.Features.Sessions;

internal static class EndSession
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id,
        HttpContext context,
        Caller caller,
        Database<AuthModule> database,
        CurrentUser user,
        EndedSessions sessions,
        AuthLog log,
        CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAccountAsync(user.Id, cancellationToken) is not { } account
            || await sessions.EndOneAsync(change, user.Id, id, EndReasons.EndedByOwner, cancellationToken) == 0)
        {
            return Problems.NotFound("session-not-found", "You have no such session, or it is over.");
        }

        await log.WriteAsync(change, caller, LogEntry.Of(LogActions.SessionEnded, LogOutcomes.Ok, account, id.ToString()), cancellationToken);
        await change.CommitAsync(cancellationToken);
        if (id == user.SessionId)
        {
            SignedIn.DeleteCookies(context);
        }

        return TypedResults.NoContent();
    }
}
