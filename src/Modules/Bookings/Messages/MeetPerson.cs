using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Bookings.Messages;

internal sealed class MeetPerson : IHandleEvent<UserRegistered>
{
    // One that is there already knows better, unless all it has is the id.
    public Task HandleAsync(UserRegistered fact, Change change, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            """
            insert into people (id, username, name, surname, role) values (@UserId, @Username, @Name, @Surname, @Role)
            on conflict (id) do update set username = excluded.username, name = excluded.name, surname = excluded.surname
            where people.username = people.id::text
            """, fact, cancellationToken);
}
