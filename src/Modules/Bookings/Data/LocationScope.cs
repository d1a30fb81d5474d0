using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Data;

/// <summary>Which locations the caller runs: all for an administrator, the named ones for a manager, none for anybody else.</summary>
internal static class LocationScope
{
    /// <summary>
    /// True in SQL when the caller runs <c>location_id</c> of the row; takes the parameters <c>@isAdmin</c> and <c>@userId</c>.
    /// </summary>
    public const string Sql =
        "(@isAdmin or location_id in (select staff.location_id from location_staff as staff where staff.account_id = @userId and staff.duty = 'manager'))";

    public static async Task<bool> RunsAsync(
        this Database<BookingsModule> database, CurrentUser user, Guid locationId, CancellationToken cancellationToken) =>
        await database.FindAsync<Guid?>(
            $"select id from (select id, id as location_id from locations) as place where id = @locationId and {Sql}",
            new { locationId, isAdmin = user.IsAdmin, userId = user.Id }, cancellationToken) is not null;
}
