using Portico.Auth.Log;
using Portico.Auth.Sessions;

namespace Portico.Auth.Features.Admin;

internal static class EndUserSessions
{
    public static Task<Results<Ok<UserResponse>, ProblemHttpResult>> Handle(
        Guid id, Caller caller, AccountActs acts, EndedSessions sessions, CancellationToken cancellationToken) =>
        acts.DoAsync(
            id, caller, LogActions.SessionEnded, null,
            async (change, _) => await sessions.EndAllAsync(change, id, EndReasons.EndedByAdmin, cancellationToken) > 0,
            cancellationToken);
}
