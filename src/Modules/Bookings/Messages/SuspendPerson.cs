using Portico.Bookings.Data;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Bookings.Messages;

internal sealed class SuspendPerson : IHandleEvent<UserSuspended>
{
    public async Task HandleAsync(UserSuspended fact, Change change, CancellationToken cancellationToken)
    {
        await change.EnsurePersonAsync(fact.UserId, cancellationToken);
        await change.ExecuteAsync(
            """
            update people set status = 'suspended' where id = @UserId and status = 'active'
            """, fact, cancellationToken);
    }
}
