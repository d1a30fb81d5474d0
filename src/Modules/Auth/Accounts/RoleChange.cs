using Portico.Auth.Domain;
using Portico.Auth.Sessions;
using Portico.Contracts.Auth;
using Portico.Platform.Data;

namespace Portico.Auth.Accounts;

/// <summary>Gives accounts another role. Their sessions end, since the tokens name the old one.</summary>
internal sealed class RoleChange(EndedSessions sessions, TimeProvider time)
{
    /// <param name="account">Locked, and with another role.</param>
    /// <param name="by">The administrator who wants it so.</param>
    public async Task ApplyAsync(Change change, Account account, string role, Guid by, CancellationToken cancellationToken)
    {
        await change.ExecuteAsync("update accounts set role = @role where id = @Id", new { account.Id, role }, cancellationToken);
        await sessions.EndAllAsync(change, account.Id, EndReasons.RoleChanged, cancellationToken);
        change.Publish(new UserRoleChanged(account.Id, role, by, time.GetUtcNow(), new(account.Role)));
    }
}
