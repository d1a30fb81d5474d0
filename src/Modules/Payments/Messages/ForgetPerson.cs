using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Payments.Messages;

/// <summary>The name goes; what was owed and paid stays in the book under an id that is nobody's any more.</summary>
internal sealed class ForgetPerson : IHandleEvent<UserDeleted>
{
    public Task HandleAsync(UserDeleted fact, Change change, CancellationToken cancellationToken) => change.ExecuteAsync(
        """
        insert into people (id, username, status) values (@UserId, 'deleted', 'deleted')
        on conflict (id) do update set username = excluded.username, status = excluded.status
        """, fact, cancellationToken);
}
