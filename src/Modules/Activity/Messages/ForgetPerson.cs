using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Activity.Messages;

/// <summary>The name goes; what was said stays, by nobody any more.</summary>
internal sealed class ForgetPerson : IHandleEvent<UserDeleted>
{
    public Task HandleAsync(UserDeleted fact, Change change, CancellationToken cancellationToken) => change.ExecuteAsync(
        """
        insert into people (id, username, status) values (@UserId, 'deleted', 'deleted')
        on conflict (id) do update set username = excluded.username, status = excluded.status
        """, fact, cancellationToken);
}
