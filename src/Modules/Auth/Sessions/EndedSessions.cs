using Portico.Contracts.Auth;
using Portico.Platform.Data;

namespace Portico.Auth.Sessions;

/// <summary>Ends sessions so that every process refuses their tokens within a second.</summary>
internal static class EndedSessions
{
    /// <summary>
    /// Ends the account's sessions that match and answers them, for <c>RevokedSessions.End</c> after the commit. The lock makes positions appear in the order they were
    /// given out: a follower that has read up to one will never be shown a smaller one later.
    /// </summary>
    public static async Task<IReadOnlyList<EndedSession>> EndSessionsAsync(
        this Change change, Guid accountId, string reason, DateTimeOffset now, Guid? only, Guid? except, CancellationToken cancellationToken)
    {
        await change.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('ended-sessions', 0))", null, cancellationToken);
        return await change.QueryAsync<EndedSession>(
            """
            with ended as (
                update sessions set ended_at = @now, end_reason = @reason
                where account_id = @accountId and ended_at is null and expires_at > @now
                  and (@only::uuid is null or id = @only) and (@except::uuid is null or id <> @except)
                returning id, expires_at
            )
            insert into ended_sessions (session_id, tokens_expire_at) select id, expires_at from ended
            returning position, session_id, tokens_expire_at
            """, new { accountId, reason, now, only, except }, cancellationToken);
    }
}
