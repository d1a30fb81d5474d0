using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Activity.Messages;

internal sealed class RenamePerson : IHandleEvent<UserChanged>
{
    public Task HandleAsync(UserChanged fact, Change change, CancellationToken cancellationToken) => change.ExecuteAsync(
        """
        insert into people (id, username) values (@UserId, @Username)
        on conflict (id) do update set username = excluded.username where people.status <> 'deleted'
        """, fact, cancellationToken);
}
