using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Portico.Contracts.Auth;

namespace Portico.Platform.Security;

/// <summary>What is known of a session without asking Auth.</summary>
public enum SessionVerdict
{
    /// <summary>Nothing speaks against it.</summary>
    Lasts,

    /// <summary>It was ended.</summary>
    Ended,

    /// <summary>Auth was last heard of too long ago to tell.</summary>
    Unknown,
}

/// <summary>
/// The ended sessions as this process knows them, fed by <see cref="RevocationReader"/>. Small: only sessions ended within
/// a token's lifetime are kept.
/// </summary>
public sealed class RevokedSessions(IOptions<TokenOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> ended = new();
    private readonly TimeSpan maxStaleness = options.Value.MaxStaleness;
    private long heardAt;

    /// <summary>Whether Auth was heard of recently enough to believe any session.</summary>
    public bool IsCurrent => heardAt != 0 && time.GetElapsedTime(Volatile.Read(ref heardAt)) <= maxStaleness;

    /// <summary>Whether a token of that session may be believed.</summary>
    public SessionVerdict Verdict(Guid sessionId) =>
        ended.ContainsKey(sessionId) ? SessionVerdict.Ended : IsCurrent ? SessionVerdict.Lasts : SessionVerdict.Unknown;

    /// <summary>These have ended. Auth says so itself after its commit, so that its own process knows at once.</summary>
    public void End(IReadOnlyList<EndedSession> sessions)
    {
        foreach (var session in sessions)
        {
            ended[session.SessionId] = session.TokensExpireAt;
        }
    }

    /// <summary>The feed answered: these ended, and nothing else did.</summary>
    public void Learn(IReadOnlyList<EndedSession> sessions)
    {
        End(sessions);
        Volatile.Write(ref heardAt, time.GetTimestamp());
    }

    /// <summary>Lets go of sessions whose tokens have expired anyway.</summary>
    public void ForgetExpired()
    {
        var now = time.GetUtcNow();
        foreach (var (session, expiresAt) in ended)
        {
            if (expiresAt < now)
            {
                ended.TryRemove(session, out _);
            }
        }
    }
}
