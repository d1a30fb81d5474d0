using Portico.Auth.Domain;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Auth.Sessions;

/// <summary>Opens a session and gives its first token.</summary>
internal sealed class SessionStart(TokenIssuer tokens, TimeProvider time)
{
    public async Task<StartedSession> BeginAsync(Change change, Account account, Caller caller, CancellationToken cancellationToken)
    {
        var sessionId = Guid.CreateVersion7(time.GetUtcNow());
        var (token, expiresAt) = tokens.IssueAccess(account.Id, sessionId, account.Role, account.MustChangePassword);
        await change.ExecuteAsync(
            """
            insert into sessions (id, account_id, created_at, expires_at, address, agent)
            values (@sessionId, @accountId, @now, @expiresAt, @Address, @Agent)
            """,
            new { sessionId, accountId = account.Id, now = time.GetUtcNow(), expiresAt, caller.Address, caller.Agent }, cancellationToken);
        return new(sessionId, token, expiresAt);
    }
}

internal sealed record StartedSession(Guid Id, string Token, DateTimeOffset ExpiresAt);
