using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Activity.Messages;

internal sealed class MeetPerson : IHandleEvent<UserRegistered>
{
    // One that is there already knows better.
    public Task HandleAsync(UserRegistered fact, Change change, CancellationToken cancellationToken) =>
        change.ExecuteAsync("insert into people (id, username) values (@UserId, @Username) on conflict (id) do nothing", fact, cancellationToken);
}
