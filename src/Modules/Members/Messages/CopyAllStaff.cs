using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Members.Messages;

internal sealed class CopyAllStaff : IHandleEvent<LocationStaffListed>
{
    public async Task HandleAsync(LocationStaffListed fact, Change change, CancellationToken cancellationToken)
    {
        var staff = new
        {
            fact.LocationId,
            Accounts = fact.Staff.Select(duty => duty.AccountId).ToArray(),
            Duties = fact.Staff.Select(duty => duty.Duty).ToArray(),
            Since = fact.Staff.Select(duty => duty.Since.ToUniversalTime()).ToArray(),
        };
        await change.ExecuteAsync(
            "delete from location_staff where location_id = @LocationId and account_id <> all(@Accounts)", staff, cancellationToken);
        await change.ExecuteAsync(
            """
            insert into location_staff (location_id, account_id, duty, since)
            select @LocationId, account_id, duty, since from unnest(@Accounts, @Duties, @Since) as listed (account_id, duty, since)
            on conflict (location_id, account_id) do update set duty = excluded.duty, since = excluded.since
            """, staff, cancellationToken);
    }
}
