using Portico.Bookings.Data;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Bookings.Messages;

internal sealed class ReinstatePerson : IHandleEvent<UserReinstated>
{
    public async Task HandleAsync(UserReinstated fact, Change change, CancellationToken cancellationToken)
    {
        await change.EnsurePersonAsync(fact.UserId, cancellationToken);
        await change.ExecuteAsync(
            """
            update people set status = 'active' where id = @UserId and status = 'suspended'
            """, fact, cancellationToken);
    }
}
