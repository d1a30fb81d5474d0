using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Data;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Spaces;

/// <summary>What the space has: all of it, nothing when empty.</summary>
public sealed record SetSpaceAmenitiesRequest([property: Required, MaxLength(SpaceLimits.MostAmenities)] IReadOnlyList<Guid> AmenityIds);

internal static class SetSpaceAmenities
{
    public static async Task<Results<Ok<SpaceResponse>, ProblemHttpResult>> Handle(
        Guid id, SetSpaceAmenitiesRequest request, Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (await database.FindRunSpaceAsync(id, user, cancellationToken) is not { } location)
        {
            return BookingProblems.SpaceNotFound();
        }

        Guid[] amenities = [.. request.AmenityIds.Distinct()];
        await using var change = await database.BeginAsync(cancellationToken);
        // Two that say different things at once come one after the other.
        if ((await SpaceRow.LockAsync(change, id, cancellationToken))!.IsRetired)
        {
            return SpaceProblems.Retired();
        }

        var unknown = await change.QueryAsync<Guid>(
            """
            select asked from unnest(@amenities) as asked
            where not exists (select from amenities where id = asked and location_id = @location and retired_at is null)
            """, new { amenities, location }, cancellationToken);
        if (unknown.Count > 0)
        {
            return Problems.Unprocessable("amenities-unknown", "The location has no such amenities.", ("amenity_ids", unknown));
        }

        await change.SetAmenitiesAsync(id, amenities, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok((await SpaceResponse.FindAsync(database, id, cancellationToken))!);
    }

    /// <summary>The space has these, and none else. It is locked.</summary>
    public static Task SetAmenitiesAsync(this Change change, Guid id, Guid[] amenities, CancellationToken cancellationToken) => change.ExecuteAsync(
        """
        delete from space_amenities where space_id = @id and amenity_id <> all(@amenities);
        insert into space_amenities (space_id, amenity_id) select @id, amenity from unnest(@amenities) as amenity on conflict do nothing;
        """, new { id, amenities }, cancellationToken);
}
