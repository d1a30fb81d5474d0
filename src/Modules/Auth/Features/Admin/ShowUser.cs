using Portico.Auth.Data;
using Portico.Auth.Throttling;
using Portico.Platform.Data;

namespace Portico.Auth.Features.Admin;

/// <summary>An account, and what an administrator asks next when its owner calls.</summary>
/// <param name="LockedUntil">Until when failed sign-ins keep its owner out somewhere; null when they do not.</param>
/// <param name="OpenSessions">Sessions that last.</param>
public sealed record UserDetailResponse(UserResponse User, DateTimeOffset? LockedUntil, long OpenSessions);

internal static class ShowUser
{
    public static async Task<Results<Ok<UserDetailResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<AuthModule> database, LoginThrottle throttle, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await database.FindUserAsync(id, cancellationToken) is not { } user
            || await database.FindAccountAsync(id, cancellationToken) is not { } account)
        {
            return UserSql.NotFound();
        }

        var sessions = await database.FindAsync<long>(
            "select count(*) from sessions where account_id = @id and ended_at is null and expires_at > @now",
            new { id, now = time.GetUtcNow() }, cancellationToken);
        return TypedResults.Ok(new UserDetailResponse(user, await throttle.LockedUntilAsync(account, cancellationToken), sessions));
    }
}
