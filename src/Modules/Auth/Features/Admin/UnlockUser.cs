using Portico.Auth.Log;
using Portico.Auth.Throttling;

namespace Portico.Auth.Features.Admin;

/// <summary>Lifts what failed sign-ins have brought on the account.</summary>
internal static class UnlockUser
{
    public static Task<Results<Ok<UserResponse>, ProblemHttpResult>> Handle(
        Guid id, Caller caller, AccountActs acts, CancellationToken cancellationToken) =>
        acts.DoAsync(
            id, caller, LogActions.Unlock, null,
            async (change, account) => await change.UnlockAsync(account, cancellationToken) > 0,
            cancellationToken);
}
