using Portico.Bookings.Data;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Bookings.Messages;

/// <summary>Once Auth has answered, the duty of an invite is like any other, or is gone.</summary>
internal sealed class SettleInvite : IHandleEvent<InviteAnswered>
{
    public async Task HandleAsync(InviteAnswered fact, Change change, CancellationToken cancellationToken)
    {
        if (fact.Honoured)
        {
            await change.ExecuteAsync(
                "update location_staff set invite_id = null where account_id = @UserId and invite_id = @InviteId", fact, cancellationToken);
        }
        else
        {
            await change.DropInvitedAsync(fact.UserId, fact.InviteId, fact.At, cancellationToken);
        }
    }
}
