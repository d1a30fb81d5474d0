using Portico.Contracts.Auth;
using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Members.Messages;

internal sealed class ChangeProfileRole : IHandleEvent<UserRoleChanged>
{
    public async Task HandleAsync(UserRoleChanged fact, Change change, CancellationToken cancellationToken)
    {
        await change.EnsureProfileAsync(fact.UserId, fact.ChangedAt, cancellationToken);
        await change.ChangeRoleAsync(fact.UserId, fact.Role, cancellationToken);
    }
}
