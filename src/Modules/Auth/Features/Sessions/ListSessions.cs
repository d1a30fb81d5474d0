using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Auth.Features.Sessions;

/// <summary>A session that lasts.</summary>
/// <param name="Address">Where it was begun, or refreshed last.</param>
/// <param name="RefreshedAt">When a long session was refreshed last; null when it never was.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="Current">Whether this request was made in it.</param>
public sealed record SessionResponse(
    Guid Id, DateTimeOffset CreatedAt, DateTimeOffset? RefreshedAt, DateTimeOffset ExpiresAt, string Address, string Agent, bool Current);

internal static class ListSessions
{
    public static async Task<Ok<IReadOnlyList<SessionResponse>>> Handle(
        Database<AuthModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Ok(await database.QueryAsync<SessionResponse>(
            """
            select id, created_at, refreshed_at, expires_at, address, agent, id = @SessionId as current
            from sessions where account_id = @Id and ended_at is null and expires_at > @now
            order by created_at desc, id desc limit 1000
            """, new { user.Id, user.SessionId, now = time.GetUtcNow() }, cancellationToken));
}
