using Portico.Auth.Accounts;
using Portico.Auth.Log;
using Portico.Contracts.Auth;

namespace Portico.Auth.Features.Admin;

/// <summary>
/// Anonymises the account. Its id, role and times stay, and so do the log's entries with the id and the addresses, as evidence
/// of who did what until they are purged; every name is gone.
/// </summary>
internal static class DeleteUser
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Caller caller, AccountActs acts, Anonymising anonymising, TimeProvider time, CancellationToken cancellationToken)
    {
        var answer = await acts.DoAsync(id, caller, LogActions.Delete, null, async (change, account) =>
        {
            await anonymising.ApplyAsync(change, account, cancellationToken);
            change.Publish(new UserDeleted(id, caller.AccountId!.Value, time.GetUtcNow()));
            return true;
        }, cancellationToken);
        return answer.Result is ProblemHttpResult refusal ? refusal : TypedResults.NoContent();
    }
}
