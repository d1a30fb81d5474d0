using Portico.Auth.Data;
using Portico.Auth.Domain;
using Portico.Auth.Log;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Auth.Sessions;

/// <summary>Continues a long session, or ends it when its refresh token turns up twice.</summary>
internal sealed class SessionRefresh(
    Database<AuthModule> database,
    RefreshTokens refreshTokens,
    EndedSessions sessions,
    TokenIssuer issuer,
    AuthLog log,
    TimeProvider time)
{
    /// <summary>The account as it is now and its next tokens; without them, the outcome says why.</summary>
    public async Task<(Account? Account, SessionTokens? Tokens, string Outcome)> ContinueAsync(
        KnownRefreshToken known, string token, Caller caller, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        // The session is locked before its token, as by everybody else. Whoever is ending it meanwhile ends these tokens too,
        // since they carry its id.
        var endsAt = await change.FindAsync<DateTimeOffset?>(
            """
            update sessions set refreshed_at = @now, address = @Address, network = @Network, agent = @Agent
            where id = @SessionId and ended_at is null and expires_at > @now
            returning expires_at
            """, new { known.SessionId, caller.Address, caller.Network, caller.Agent, now = time.GetUtcNow() }, cancellationToken);
        if (endsAt is not null && !await refreshTokens.UseAsync(change, token, cancellationToken))
        {
            return (null, null, LogOutcomes.Replayed);
        }

        var account = (await change.FindAccountAsync(known.AccountId, cancellationToken))!;
        var outcome = !account.IsActive ? LogOutcomes.Suspended : endsAt is null ? LogOutcomes.SessionOver : LogOutcomes.Ok;
        SessionTokens? tokens = null;
        if (outcome == LogOutcomes.Ok)
        {
            var (access, expiresAt) = issuer.IssueAccess(account.Id, known.SessionId, account.Role, account.MustChangePassword, endsAt);
            tokens = new(access, expiresAt, await refreshTokens.AddAsync(change, known.SessionId, cancellationToken), endsAt);
        }

        await log.WriteAsync(change, caller, LogEntry.Of(LogActions.Refresh, outcome, account), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return (account, tokens, outcome);
    }

    /// <summary>
    /// In a change of its own: the one in which the token turned out to be used holds the session, and those who end sessions
    /// lock their feed before.
    /// </summary>
    public async Task EndFamilyAsync(KnownRefreshToken known, Caller caller, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var account = (await change.FindAccountAsync(known.AccountId, cancellationToken))!;
        await sessions.EndOneAsync(change, known.AccountId, known.SessionId, EndReasons.RefreshTokenReplayed, cancellationToken);
        await log.WriteAsync(change, caller, LogEntry.Of(LogActions.Refresh, LogOutcomes.Replayed, account), cancellationToken);
        await change.CommitAsync(cancellationToken);
    }
}
