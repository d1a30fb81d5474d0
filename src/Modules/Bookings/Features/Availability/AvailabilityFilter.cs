using Portico.Bookings.Data;

namespace Portico.Bookings.Features.Availability;

/// <summary>Which spaces are looked at: only what is asked for is asked of the database, so that each question has its own plan.</summary>
/// <param name="After">The last space of the page before.</param>
internal sealed record AvailabilityFilter(
    Guid? LocationId, string? Kind, int? Capacity, Guid[] AmenityIds, string? City, bool WithDesks, Guid? After)
{
    /// <summary>The one space that is asked about; null: any.</summary>
    public Guid? SpaceId { get; init; }

    /// <summary>One that is known not to be free.</summary>
    public Guid? OtherThan { get; init; }

    /// <summary>What is retired nobody can have, ever: it is not among them.</summary>
    public const string InUse = "space.status <> 'retired' and place.retired_at is null";

    public int Amenities => AmenityIds.Distinct().Count();

    /// <summary>In terms of <c>space</c> and <c>place</c>; takes the members of this.</summary>
    public string Where => string.Join(" and ", Conditions());

    private IEnumerable<string> Conditions()
    {
        yield return InUse;
        if (!WithDesks)
        {
            yield return "space.area_id is null";
        }

        if (SpaceId is not null)
        {
            yield return "space.id = @SpaceId";
        }

        if (OtherThan is not null)
        {
            yield return "space.id <> @OtherThan";
        }

        if (LocationId is not null)
        {
            yield return "space.location_id = @LocationId";
        }

        if (Kind is not null)
        {
            yield return "space.kind = @Kind";
        }

        if (Capacity is not null)
        {
            yield return "space.capacity >= @Capacity";
        }

        if (AmenityIds.Length > 0)
        {
            yield return "(select count(*) from space_amenities where space_id = space.id and amenity_id = any(@AmenityIds)) = @Amenities";
        }

        if (City is not null)
        {
            yield return "lower(place.city) = lower(@City)";
        }

        if (After is not null)
        {
            yield return
                $"""
                ({SpaceTimesSql.SortKey}) > (select {SpaceTimesSql.SortKey} from {BookableSpace.Tables} where space.id = @After)
                """;
        }
    }
}
