using Portico.Contracts.Auth;
using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Members.Messages;

internal sealed class AnonymiseProfile : IHandleEvent<UserDeleted>
{
    public async Task HandleAsync(UserDeleted fact, Change change, CancellationToken cancellationToken)
    {
        await change.EnsureProfileAsync(fact.UserId, fact.DeletedAt, cancellationToken);
        await change.AnonymiseAsync(fact.UserId, fact.DeletedAt, cancellationToken);
    }
}
