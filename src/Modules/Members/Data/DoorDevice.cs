using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Members.Data;

/// <summary>A kiosk and the location whose door it stands at.</summary>
internal sealed record DoorDevice(Guid KioskId, Location Place)
{
    /// <summary>
    /// Null while nobody has said where the device stands. When it was taken elsewhere, what the two locations say of it may
    /// arrive in either order: the later counts.
    /// </summary>
    public static async Task<DoorDevice?> FindAsync(Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken) =>
        await database.FindAsync<Location>(
            """
            select place.id, place.name, place.time_zone, place.closes_at
            from location_staff as staff
            join locations as place on place.id = staff.location_id
            where staff.account_id = @Id and staff.duty = 'kiosk'
            order by staff.since desc
            limit 1
            """, new { user.Id }, cancellationToken) is { } place
            ? new(user.Id, place)
            : null;
}
