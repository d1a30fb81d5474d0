using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Data;

/// <summary>Which locations the caller runs: all for an administrator, the named ones for a manager, none for anybody else.</summary>
internal static class LocationScope
{
    /// <summary>
    /// True in SQL when the caller runs <c>location_id</c> of the row; takes the parameters <c>@isAdmin</c> and <c>@userId</c>,
    /// the latter from <see cref="RunnerOf"/> where the route is open to others than staff.
    /// </summary>
    public const string Sql =
        "(@isAdmin or location_id in (select staff.location_id from location_staff as staff where staff.account_id = @userId and staff.duty = 'manager'))";

    /// <summary>Nobody unless the caller is a manager now: who was one until a moment ago may still be named for a location.</summary>
    public static Guid RunnerOf(CurrentUser user) => user.Role == Roles.Manager ? user.Id : Guid.Empty;

    public static async Task<bool> RunsAsync(
        this Database<BookingsModule> database, CurrentUser user, Guid locationId, CancellationToken cancellationToken) =>
        await database.FindAsync<Guid?>(
            $"select id from (select id, id as location_id from locations) as place where id = @locationId and {Sql}",
            new { locationId, isAdmin = user.IsAdmin, userId = RunnerOf(user) }, cancellationToken) is not null;
}
