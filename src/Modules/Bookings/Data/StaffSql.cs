using Portico.Contracts.Bookings;
using Portico.Platform.Data;

namespace Portico.Bookings.Data;

internal static class StaffSql
{
    /// <summary>Takes away the account's duties but those that <paramref name="role"/> does, and tells the others.</summary>
    public static async Task DropDutiesAsync(
        this Change change, Guid accountId, string? role, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var left = await change.QueryAsync<Guid>(
            "delete from location_staff where account_id = @accountId and duty is distinct from @role returning location_id",
            new { accountId, role }, cancellationToken);
        foreach (var location in left)
        {
            change.Publish(new LocationStaffChanged(location, accountId, null, at));
        }
    }
}
