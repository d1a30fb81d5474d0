namespace Portico.Contracts.Auth;

/// <summary>
/// The sessions that ended before their tokens expire, in the order they ended. Auth owns it; every process that accepts
/// tokens follows it, in its own process or over HTTP.
/// </summary>
public interface IRevocationFeed
{
    /// <summary>What to ask for first: answered at once, even when there is nothing.</summary>
    const long FromTheStart = -1;

    /// <summary>
    /// What ended after <paramref name="after"/>, oldest first. Waits some seconds for news when there is none, then answers
    /// an empty list.
    /// </summary>
    Task<IReadOnlyList<EndedSession>> ReadAsync(long after, CancellationToken cancellationToken);
}

/// <summary>A session whose tokens are to be refused.</summary>
/// <param name="Position">Where it stands in the feed; grows with commit order.</param>
/// <param name="SessionId">The token's <c>sid</c>.</param>
/// <param name="TokensExpireAt">After this the tokens are worthless anyway and the entry may be forgotten.</param>
public sealed record EndedSession(long Position, Guid SessionId, DateTimeOffset TokensExpireAt);
