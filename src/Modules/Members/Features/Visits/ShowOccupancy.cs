using Portico.Members.Features.Locations;
using Portico.Platform.Data;

namespace Portico.Members.Features.Visits;

/// <summary>How many people are at a location now.</summary>
/// <param name="UpdatedAt">When somebody last came or left; null when nobody ever did.</param>
public sealed record OccupancyResponse(Guid LocationId, string Name, long People, DateTimeOffset? UpdatedAt);

internal static class ShowOccupancy
{
    private const string Query =
        """
        select place.id as location_id, place.name,
               (select count(*) from visits where location_id = place.id and ended_at is null) as people,
               greatest(
                   (select max(started_at) from visits where location_id = place.id),
                   (select max(ended_at) from visits where location_id = place.id)) as updated_at
        from locations as place
        """;

    public static async Task<Ok<IReadOnlyList<OccupancyResponse>>> HandleAll(Database<MembersModule> database, CancellationToken cancellationToken) =>
        TypedResults.Ok(await database.QueryAsync<OccupancyResponse>($"{Query} where not place.retired order by lower(place.name)", null, cancellationToken));

    public static async Task<Results<Ok<OccupancyResponse>, ProblemHttpResult>> HandleOne(
        Guid id, Database<MembersModule> database, CancellationToken cancellationToken) =>
        await database.FindAsync<OccupancyResponse>($"{Query} where place.id = @id", new { id }, cancellationToken) is { } occupancy
            ? TypedResults.Ok(occupancy)
            : LocationProblems.NotFound();
}
