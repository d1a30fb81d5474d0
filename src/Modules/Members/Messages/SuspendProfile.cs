using Portico.Contracts.Auth;
using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Members.Messages;

/// <summary>Whoever may not sign in does not come in either.</summary>
internal sealed class SuspendProfile : IHandleEvent<UserSuspended>
{
    public async Task HandleAsync(UserSuspended fact, Change change, CancellationToken cancellationToken)
    {
        await change.EnsureProfileAsync(fact.UserId, fact.SuspendedAt, cancellationToken);
        await change.SuspendAsync(fact.UserId, fact.SuspendedAt, cancellationToken);
    }
}
