using Portico.Bookings.Data;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Bookings.Messages;

internal sealed class RenamePerson : IHandleEvent<UserChanged>
{
    public async Task HandleAsync(UserChanged fact, Change change, CancellationToken cancellationToken)
    {
        await change.EnsurePersonAsync(fact.UserId, cancellationToken);
        await change.ExecuteAsync(
            """
            update people set username = @Username, name = @Name, surname = @Surname where id = @UserId and status <> 'deleted'
            """, fact, cancellationToken);
    }
}
