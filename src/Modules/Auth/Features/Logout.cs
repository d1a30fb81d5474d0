using Portico.Auth.Sessions;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Auth.Features;

internal static class Logout
{
    public static async Task<NoContent> Handle(
        Database<AuthModule> database, CurrentUser user, RevokedSessions revoked, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var ended = await change.EndSessionsAsync(user.Id, "logout", time.GetUtcNow(), only: user.SessionId, except: null, cancellationToken);
        await change.CommitAsync(cancellationToken);
        revoked.End(ended);
        return TypedResults.NoContent();
    }
}
