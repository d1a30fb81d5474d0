using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Auth.Sessions;

/// <summary>Ends sessions so that this process refuses their tokens at once and every other one within a second.</summary>
internal sealed class EndedSessions(RevokedSessions revoked, AuthMeter meter, TimeProvider time)
{
    public Task<int> EndAllAsync(Change change, Guid accountId, string reason, CancellationToken cancellationToken) =>
        EndAsync(change, accountId, reason, only: null, except: null, cancellationToken);

    public Task<int> EndOneAsync(Change change, Guid accountId, Guid sessionId, string reason, CancellationToken cancellationToken) =>
        EndAsync(change, accountId, reason, only: sessionId, except: null, cancellationToken);

    public Task<int> EndOthersAsync(Change change, Guid accountId, Guid kept, string reason, CancellationToken cancellationToken) =>
        EndAsync(change, accountId, reason, only: null, except: kept, cancellationToken);

    private async Task<int> EndAsync(Change change, Guid accountId, string reason, Guid? only, Guid? except, CancellationToken cancellationToken)
    {
        // The lock makes positions appear in the order they were given out: a follower that has read up to one will never be
        // shown a smaller one later. It is held until the commit, so it is taken after the account's and before any session's.
        await change.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('ended-sessions', 0))", null, cancellationToken);
        var ended = await change.QueryAsync<EndedSession>(
            """
            with ended as (
                update sessions set ended_at = @now, end_reason = @reason
                where account_id = @accountId and ended_at is null and expires_at > @now
                  and (@only::uuid is null or id = @only) and (@except::uuid is null or id <> @except)
                returning id, expires_at
            )
            insert into ended_sessions (session_id, tokens_expire_at) select id, expires_at from ended
            returning position, session_id, tokens_expire_at
            """, new { accountId, reason, now = time.GetUtcNow(), only, except }, cancellationToken);
        change.AfterCommit(() =>
        {
            revoked.End(ended);
            meter.SessionsEnded(reason, ended.Count);
        });
        return ended.Count;
    }
}
