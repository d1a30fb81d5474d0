using Portico.Contracts.Bookings;
using Portico.Platform.Data;

namespace Portico.Bookings.Data;

internal static class StaffSql
{
    /// <summary>
    /// Takes away the account's duties but those that <paramref name="role"/> does, and tells the others. A duty from an invite that
    /// Auth has not answered to is newer than what Auth says: it waits for the answer.
    /// </summary>
    public static Task DropDutiesAsync(this Change change, Guid accountId, string role, DateTimeOffset at, CancellationToken cancellationToken) =>
        change.DropAsync("duty <> @role and invite_id is null", new { accountId, role }, accountId, at, cancellationToken);

    /// <summary>Takes away all duties of an account that is no more.</summary>
    public static Task DropAllDutiesAsync(this Change change, Guid accountId, DateTimeOffset at, CancellationToken cancellationToken) =>
        change.DropAsync("true", new { accountId }, accountId, at, cancellationToken);

    /// <summary>Takes away what an invite gave and Auth did not agree to.</summary>
    public static Task DropInvitedAsync(this Change change, Guid accountId, Guid inviteId, DateTimeOffset at, CancellationToken cancellationToken) =>
        change.DropAsync("invite_id = @inviteId", new { accountId, inviteId }, accountId, at, cancellationToken);

    private static async Task DropAsync(
        this Change change, string which, object parameters, Guid accountId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var location in await change.QueryAsync<Guid>(
            $"delete from location_staff where account_id = @accountId and {which} returning location_id", parameters, cancellationToken))
        {
            change.Publish(new LocationStaffChanged(location, accountId, null, at));
        }
    }
}
