using Portico.Contracts.Auth;
using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Members.Messages;

internal sealed class ReinstateProfile : IHandleEvent<UserReinstated>
{
    public async Task HandleAsync(UserReinstated fact, Change change, CancellationToken cancellationToken)
    {
        await change.EnsureProfileAsync(fact.UserId, fact.ReinstatedAt, cancellationToken);
        await change.ReinstateAsync(fact.UserId, cancellationToken);
    }
}
