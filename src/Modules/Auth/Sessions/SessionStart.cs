using Microsoft.Extensions.Options;
using Portico.Auth.Domain;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Auth.Sessions;

/// <summary>Opens a session and gives its first tokens.</summary>
internal sealed class SessionStart(TokenIssuer tokens, RefreshTokens refreshTokens, IOptions<AuthOptions> options, TimeProvider time)
{
    /// <summary>With <paramref name="remember"/> the session outlives its access token: a refresh token gets the next one.</summary>
    public async Task<SessionTokens> BeginAsync(Change change, Account account, Caller caller, bool remember, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var sessionId = Guid.CreateVersion7(now);
        DateTimeOffset? sessionEnds = remember ? now + options.Value.SessionLifetime : null;
        var (token, tokenExpires) = tokens.IssueAccess(account.Id, sessionId, account.Role, account.MustChangePassword, sessionEnds);
        await change.ExecuteAsync(
            """
            insert into sessions (id, account_id, created_at, expires_at, address, network, agent)
            values (@sessionId, @accountId, @now, @expiresAt, @Address, @Network, @Agent)
            """,
            new { sessionId, accountId = account.Id, now, expiresAt = sessionEnds ?? tokenExpires, caller.Address, caller.Network, caller.Agent },
            cancellationToken);
        var refreshToken = remember ? await refreshTokens.AddAsync(change, sessionId, cancellationToken) : null;
        return new(token, tokenExpires, refreshToken, sessionEnds);
    }
}

/// <summary>What the caller holds of a session.</summary>
internal sealed record SessionTokens(string? Access, DateTimeOffset AccessExpiresAt, string? Refresh, DateTimeOffset? RefreshExpiresAt)
{
    // A record prints its members: this one must not reach a log.
    public override string ToString() => "session tokens";
}
