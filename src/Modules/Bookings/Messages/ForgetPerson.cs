using Portico.Bookings.Data;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Bookings.Messages;

internal sealed class ForgetPerson : IHandleEvent<UserDeleted>
{
    public async Task HandleAsync(UserDeleted fact, Change change, CancellationToken cancellationToken)
    {
        await change.EnsurePersonAsync(fact.UserId, cancellationToken);
        await change.ExecuteAsync(
            """
            update people set username = 'deleted', name = null, surname = null, status = 'deleted' where id = @UserId;
            delete from team_members where member_id = @UserId;
            delete from member_plans where member_id = @UserId;
            delete from calendars where member_id = @UserId;
            """, fact, cancellationToken);
        await change.TellPlansAsync([fact.UserId], fact.DeletedAt, cancellationToken);
        await change.DropAllDutiesAsync(fact.UserId, fact.DeletedAt, cancellationToken);
    }
}
