using System.ComponentModel.DataAnnotations;
using Portico.Auth.Accounts;
using Portico.Auth.Log;
using Portico.Contracts.Auth;

namespace Portico.Auth.Features.Admin;

/// <summary>The role an account is to have: <c>member</c>, <c>manager</c>, <c>admin</c> or <c>kiosk</c>.</summary>
public sealed record ChangeRoleRequest([property: Required, AllowedValues(Roles.Member, Roles.Manager, Roles.Admin, Roles.Kiosk)] string Role);

internal static class ChangeRole
{
    public static Task<Results<Ok<UserResponse>, ProblemHttpResult>> Handle(
        Guid id, ChangeRoleRequest request, Caller caller, AccountActs acts, RoleChange roles, CancellationToken cancellationToken) =>
        acts.DoAsync(id, caller, LogActions.RoleChange, request.Role, async (change, account) =>
        {
            if (account.Role == request.Role)
            {
                return false;
            }

            await roles.ApplyAsync(change, account, request.Role, caller.AccountId!.Value, cancellationToken);
            return true;
        }, cancellationToken);
}
