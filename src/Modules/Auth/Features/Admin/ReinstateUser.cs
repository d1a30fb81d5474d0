using Portico.Auth.Log;
using Portico.Contracts.Auth;

namespace Portico.Auth.Features.Admin;

internal static class ReinstateUser
{
    public static Task<Results<Ok<UserResponse>, ProblemHttpResult>> Handle(
        Guid id, Caller caller, AccountActs acts, TimeProvider time, CancellationToken cancellationToken) =>
        acts.DoAsync(id, caller, LogActions.Reinstate, null, async (change, account) =>
        {
            if (account.IsActive)
            {
                return false;
            }

            await change.ExecuteAsync("update accounts set status = 'active', status_reason = null where id = @id", new { id }, cancellationToken);
            change.Publish(new UserReinstated(id, caller.AccountId!.Value, time.GetUtcNow()));
            return true;
        }, cancellationToken);
}
