using System.ComponentModel.DataAnnotations;
using Portico.Auth.Log;
using Portico.Auth.Sessions;
using Portico.Contracts.Auth;

namespace Portico.Auth.Features.Admin;

/// <summary>The role an account is to have: <c>member</c>, <c>manager</c>, <c>admin</c> or <c>kiosk</c>.</summary>
public sealed record ChangeRoleRequest([property: Required, AllowedValues(Roles.Member, Roles.Manager, Roles.Admin, Roles.Kiosk)] string Role);

/// <summary>Ends the account's sessions, since its tokens name the old role.</summary>
internal static class ChangeRole
{
    public static Task<Results<Ok<UserResponse>, ProblemHttpResult>> Handle(
        Guid id, ChangeRoleRequest request, Caller caller, AccountActs acts, EndedSessions sessions, TimeProvider time, CancellationToken cancellationToken) =>
        acts.DoAsync(id, caller, LogActions.RoleChange, request.Role, async (change, account) =>
        {
            if (account.Role == request.Role)
            {
                return false;
            }

            await change.ExecuteAsync("update accounts set role = @Role where id = @id", new { id, request.Role }, cancellationToken);
            await sessions.EndAllAsync(change, id, EndReasons.RoleChanged, cancellationToken);
            change.Publish(new UserRoleChanged(id, request.Role, caller.AccountId!.Value, time.GetUtcNow()));
            return true;
        }, cancellationToken);
}
