using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Data;

/// <summary>Which spaces and amenities the caller may change: those of the locations they run.</summary>
internal static class SpaceSight
{
    /// <summary>The location of a space that the caller runs; null when there is no such space for them.</summary>
    public static Task<Guid?> FindRunSpaceAsync(this Database<BookingsModule> database, Guid id, CurrentUser user, CancellationToken cancellationToken) =>
        database.FindAsync<Guid?>(
            $"select location_id from spaces where id = @id and {LocationScope.Sql}",
            new { id, isAdmin = user.IsAdmin, userId = LocationScope.RunnerOf(user) }, cancellationToken);

    /// <summary>The same for an amenity.</summary>
    public static Task<Guid?> FindRunAmenityAsync(this Database<BookingsModule> database, Guid id, CurrentUser user, CancellationToken cancellationToken) =>
        database.FindAsync<Guid?>(
            $"select location_id from amenities where id = @id and {LocationScope.Sql}",
            new { id, isAdmin = user.IsAdmin, userId = LocationScope.RunnerOf(user) }, cancellationToken);

    /// <summary>Waits until nobody else gives names to spaces or amenities of the location: two that exchange names would wait for each other.</summary>
    public static Task LockNamesAsync(this Change change, Guid locationId, CancellationToken cancellationToken) => change.ExecuteAsync(
        "select pg_advisory_xact_lock(hashtextextended('names ' || @locationId, 0))", new { locationId = locationId.ToString() }, cancellationToken);
}
