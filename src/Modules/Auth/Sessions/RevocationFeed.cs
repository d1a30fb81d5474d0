using Dapper;
using Portico.Contracts.Auth;
using Portico.Platform.Data;

namespace Portico.Auth.Sessions;

/// <summary>
/// The feed as Auth itself reads it. It looks at the table four times a second rather than waiting for a NOTIFY: that also
/// works for several Auth processes, survives a lost connection, and costs one index look-up.
/// </summary>
internal sealed class RevocationFeed(ModuleDataSource<AuthModule> database, TimeProvider time) : IRevocationFeed
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<IReadOnlyList<EndedSession>> ReadAsync(long after, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var news = await ReadOnceAsync(after, cancellationToken);
            if (news.Count > 0 || after < 0 || TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                return news;
            }

            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<EndedSession>> ReadOnceAsync(long after, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<EndedSession>(new(
            """
            select position, session_id, tokens_expire_at from ended_sessions
            where position > @after and tokens_expire_at > @now order by position limit 10000
            """, new { after, now = time.GetUtcNow() }, cancellationToken: cancellationToken))).AsList();
    }
}
