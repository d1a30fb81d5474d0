using Portico.Bookings.Data;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Bookings.Messages;

/// <summary>Duties that another role does go with the old one; not those of an invite that Auth has yet to hear of.</summary>
internal sealed class ChangePersonsRole : IHandleEvent<UserRoleChanged>
{
    public async Task HandleAsync(UserRoleChanged fact, Change change, CancellationToken cancellationToken)
    {
        await change.EnsurePersonAsync(fact.UserId, cancellationToken);
        await change.ExecuteAsync(
            """
            update people set role = @Role where id = @UserId and status <> 'deleted'
            """, fact, cancellationToken);
        await change.DropDutiesAsync(fact.UserId, fact.Role, fact.ChangedAt, cancellationToken);
    }
}
