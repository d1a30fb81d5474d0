using Portico.Auth.Data;
using Portico.Auth.Log;
using Portico.Auth.Sessions;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Auth.Features.Sessions;

internal static class Logout
{
    public static async Task<NoContent> Handle(
        HttpContext context,
        Caller caller,
        Database<AuthModule> database,
        CurrentUser user,
        EndedSessions sessions,
        AuthLog log,
        CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAccountAsync(user.Id, cancellationToken) is { } account)
        {
            await sessions.EndOneAsync(change, user.Id, user.SessionId, EndReasons.Logout, cancellationToken);
            await log.WriteAsync(change, caller, LogEntry.Of(LogActions.Logout, LogOutcomes.Ok, account), cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
        SignedIn.DeleteCookies(context);
        return TypedResults.NoContent();
    }
}
