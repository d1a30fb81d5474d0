using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Members.Messages;

internal sealed class CopyStaff : IHandleEvent<LocationStaffChanged>
{
    public Task HandleAsync(LocationStaffChanged fact, Change change, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            fact.Duty is null
                ? "delete from location_staff where location_id = @LocationId and account_id = @AccountId"
                : """
                  insert into location_staff (location_id, account_id, duty, since) values (@LocationId, @AccountId, @Duty, @ChangedAt)
                  on conflict (location_id, account_id) do update set duty = excluded.duty, since = excluded.since
                  """, fact, cancellationToken);
}
