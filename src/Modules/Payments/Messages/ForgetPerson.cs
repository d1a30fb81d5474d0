using Portico.Contracts.Auth;
using Portico.Payments.Data;
using Portico.Payments.Providers;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Time;

namespace Portico.Payments.Messages;

/// <summary>
/// The name goes and so do what the account pays for, its own membership and those of teams, and the saved cards, here and at the provider's; what
/// was owed and paid stays in the book under an id that is nobody's any more.
/// </summary>
internal sealed class ForgetPerson(ProviderBell bell, TimeProvider time) : IHandleEvent<UserDeleted>
{
    public async Task HandleAsync(UserDeleted fact, Change change, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await change.ExecuteAsync(
            """
            insert into people (id, username, status) values (@UserId, 'deleted', 'deleted')
            on conflict (id) do update set username = excluded.username, status = excluded.status
            """, fact, cancellationToken);
        foreach (var membership in await change.LockPaidAsync(fact.UserId, ["active", "past_due", "suspended", "paused"], cancellationToken))
        {
            await change.EndAsync(membership, now, cancellationToken);
        }

        await change.ExecuteAsync(
            """
            update cards set status = 'removed', is_default = false, failure = null, brand = null, last4 = null, exp_month = null, exp_year = null, ask_at = null
            where member_id = @UserId;
            update customers set unwanted = true, ask_at = @now where member_id = @UserId and gone_at is null
            """, new { fact.UserId, now }, cancellationToken);
        change.AfterCommit(bell.Ring);
    }
}
