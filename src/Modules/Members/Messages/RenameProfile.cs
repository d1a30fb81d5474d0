using Portico.Contracts.Auth;
using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Members.Messages;

internal sealed class RenameProfile : IHandleEvent<UserChanged>
{
    public async Task HandleAsync(UserChanged fact, Change change, CancellationToken cancellationToken)
    {
        await change.EnsureProfileAsync(fact.UserId, fact.ChangedAt, cancellationToken);
        await change.ExecuteAsync(
            """
            update profiles set username = @Username, email = @Email, name = @Name, surname = @Surname
            where id = @UserId and status <> 'deleted'
            """, fact, cancellationToken);
    }
}
