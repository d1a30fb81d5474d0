using System.Globalization;
using Portico.Auth.Data;
using Portico.Auth.Log;
using Portico.Auth.Sessions;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Auth.Features.Sessions;

/// <summary>Ends every session of the account, this one as well.</summary>
internal static class LogoutEverywhere
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
        if (await change.LockAccountAsync(user.Id, cancellationToken) is { } account)
        {
            var ended = await sessions.EndAllAsync(change, user.Id, EndReasons.LoggedOutEverywhere, cancellationToken);
            await log.WriteAsync(
                change, caller, LogEntry.Of(LogActions.SessionEnded, LogOutcomes.Ok, account, ended.ToString(CultureInfo.InvariantCulture)), cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
        SignedIn.DeleteCookies(context);
        return TypedResults.NoContent();
    }
}
