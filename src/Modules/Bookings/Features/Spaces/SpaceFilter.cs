using Portico.Bookings.Data;
using Portico.Contracts.Auth;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Spaces;

/// <summary>Which spaces a list shows: only what is asked for is asked of the database, so that each question has its own plan.</summary>
internal sealed record SpaceFilter(Guid? LocationId, string? Kind, string? Floor, Guid? AreaId, Guid[] AmenityIds, int? MinCapacity, bool WithRetired)
{
    /// <summary>In terms of <c>space</c>; takes <see cref="Parameters"/>.</summary>
    public string Where => string.Join(" and ", Conditions());

    public object Parameters(CurrentUser user, object? more = null)
    {
        var parameters = new Dapper.DynamicParameters(more);
        parameters.AddDynamicParams(new
        {
            LocationId, Kind, floor = Floor?.Trim(), AreaId, AmenityIds, amenities = AmenityIds.Distinct().Count(), MinCapacity,
            isAdmin = user.IsAdmin, userId = LocationScope.RunnerOf(user),
        });
        return parameters;
    }

    /// <summary>Retired ones are shown to those who run their location, when they ask.</summary>
    public static bool ShowsRetired(bool? retired, CurrentUser user) => retired is true && user.Role is (Roles.Manager or Roles.Admin);

    private IEnumerable<string> Conditions()
    {
        yield return WithRetired ? $"(space.status <> 'retired' or {LocationScope.Sql})" : "space.status <> 'retired'";
        if (LocationId is not null)
        {
            yield return "space.location_id = @LocationId";
        }

        if (Kind is not null)
        {
            yield return "space.kind = @Kind";
        }

        if (Floor is not null)
        {
            yield return "lower(space.floor) = lower(@floor)";
        }

        if (AreaId is not null)
        {
            yield return "space.area_id = @AreaId";
        }

        if (AmenityIds.Length > 0)
        {
            yield return "(select count(*) from space_amenities where space_id = space.id and amenity_id = any(@AmenityIds)) = @amenities";
        }

        if (MinCapacity is not null)
        {
            yield return "space.capacity >= @MinCapacity";
        }
    }
}
