using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Members.Messages;

/// <summary>Everyone with an account has a profile.</summary>
internal sealed class CreateProfile : IHandleEvent<UserRegistered>
{
    // One that is there already knows better, unless all it has is the id.
    public Task HandleAsync(UserRegistered fact, Change change, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            """
            insert into profiles (id, username, email, name, surname, role, created_at)
            values (@UserId, @Username, @Email, @Name, @Surname, @Role, @RegisteredAt)
            on conflict (id) do update
            set username = excluded.username, email = excluded.email, name = excluded.name, surname = excluded.surname, created_at = excluded.created_at
            where profiles.username = profiles.id::text
            """, fact, cancellationToken);
}
