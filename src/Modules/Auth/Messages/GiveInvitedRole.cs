using Portico.Auth.Accounts;
using Portico.Auth.Data;
using Portico.Auth.Log;
using Portico.Contracts.Auth;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Auth.Messages;

/// <summary>
/// Makes a member who redeemed an invite a manager, as an administrator would, in the name of the one who made the invite.
/// Nobody becomes anything else in this way, and nobody less than they are.
/// </summary>
internal sealed class GiveInvitedRole(RoleChange roles, AuthLog log, TimeProvider time) : IHandleEvent<InviteRedeemed>
{
    public async Task HandleAsync(InviteRedeemed fact, Change change, CancellationToken cancellationToken)
    {
        await change.LockAdminsAsync(cancellationToken);
        if (await change.LockAccountAsync(fact.AccountId, cancellationToken) is not { } account)
        {
            // Deleted meanwhile, which is said to everybody.
            return;
        }

        var honoured = fact.Role == Roles.Manager && account.IsActive && account.Role != Roles.Kiosk;
        if (account.Role == Roles.Member)
        {
            if (honoured)
            {
                await roles.ApplyAsync(change, account, Roles.Manager, fact.CreatedBy, cancellationToken);
            }

            var entry = LogEntry.Of(
                LogActions.RoleChange, honoured ? LogOutcomes.Ok : LogOutcomes.Suspended, account, $"{Roles.Manager} by invite {fact.InviteId}");
            await log.WriteAsync(change, Caller.Of(fact), entry, cancellationToken);
        }

        change.Publish(new InviteAnswered(fact.InviteId, account.Id, honoured, time.GetUtcNow()));
    }
}
