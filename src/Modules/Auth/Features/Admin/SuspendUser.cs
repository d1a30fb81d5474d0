using System.ComponentModel.DataAnnotations;
using Portico.Auth.Data;
using Portico.Auth.Log;
using Portico.Auth.Sessions;
using Portico.Contracts.Auth;

namespace Portico.Auth.Features.Admin;

/// <summary>Why the account may not be used. Other administrators see it.</summary>
public sealed record SuspendUserRequest([property: Required, StringLength(500, MinimumLength = 1)] string Reason);

internal static class SuspendUser
{
    public static Task<Results<Ok<UserResponse>, ProblemHttpResult>> Handle(
        Guid id, SuspendUserRequest request, Caller caller, AccountActs acts, EndedSessions sessions, TimeProvider time, CancellationToken cancellationToken) =>
        acts.DoAsync(id, caller, LogActions.Suspend, request.Reason, async (change, account) =>
        {
            if (!account.IsActive)
            {
                return false;
            }

            await change.ExecuteAsync(
                "update accounts set status = 'suspended', status_reason = @Reason where id = @id", new { id, request.Reason }, cancellationToken);
            await change.DropResetAsync(id, cancellationToken);
            await sessions.EndAllAsync(change, id, EndReasons.Suspended, cancellationToken);
            change.Publish(new UserSuspended(id, request.Reason, caller.AccountId!.Value, time.GetUtcNow()));
            return true;
        }, cancellationToken);
}
