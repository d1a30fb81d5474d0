using Portico.Contracts.Auth;
using Portico.Payments.Data;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Time;

namespace Portico.Payments.Messages;

/// <summary>The name goes and so does the membership; what was owed and paid stays in the book under an id that is nobody's any more.</summary>
internal sealed class ForgetPerson(TimeProvider time) : IHandleEvent<UserDeleted>
{
    public async Task HandleAsync(UserDeleted fact, Change change, CancellationToken cancellationToken)
    {
        await change.ExecuteAsync(
            """
            insert into people (id, username, status) values (@UserId, 'deleted', 'deleted')
            on conflict (id) do update set username = excluded.username, status = excluded.status
            """, fact, cancellationToken);
        if (await change.LockMembershipAsync(fact.UserId, cancellationToken) is { } membership)
        {
            await change.EndAsync(membership, time.GetStoredNow(), cancellationToken);
        }
    }
}
