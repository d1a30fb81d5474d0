using Portico.Auth.Domain;
using Portico.Platform.Data;

namespace Portico.Auth.Sessions;

/// <summary>The refresh tokens of long sessions. At most one of a session is unused; the rest are remembered to catch copies.</summary>
internal sealed class RefreshTokens(Database<AuthModule> database, TimeProvider time)
{
    public async Task<string> AddAsync(Change change, Guid sessionId, CancellationToken cancellationToken)
    {
        var token = SecretToken.New();
        await change.ExecuteAsync(
            "insert into refresh_tokens (token_hash, session_id, issued_at) values (@hash, @sessionId, @now)",
            new { hash = SecretToken.Hash(token), sessionId, now = time.GetUtcNow() }, cancellationToken);
        return token;
    }

    public Task<KnownRefreshToken?> FindAsync(string token, CancellationToken cancellationToken) => database.FindAsync<KnownRefreshToken>(
        """
        select token.session_id, session.account_id, token.used_at is not null as used
        from refresh_tokens as token join sessions as session on session.id = token.session_id
        where token.token_hash = @hash
        """, new { hash = SecretToken.Hash(token) }, cancellationToken);

    /// <summary>Uses the token up. Of any number at once, one is told true.</summary>
    public async Task<bool> UseAsync(Change change, string token, CancellationToken cancellationToken) =>
        await change.ExecuteAsync(
            "update refresh_tokens set used_at = @now where token_hash = @hash and used_at is null",
            new { hash = SecretToken.Hash(token), now = time.GetUtcNow() }, cancellationToken) == 1;
}

internal sealed record KnownRefreshToken(Guid SessionId, Guid AccountId, bool Used);
