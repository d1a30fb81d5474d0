using Portico.Platform.Data;

namespace Portico.Members.Features.Locations;

internal static class ListLocations
{
    public static async Task<Ok<IReadOnlyList<LocationResponse>>> Handle(Database<MembersModule> database, CancellationToken cancellationToken) =>
        TypedResults.Ok(await database.QueryAsync<LocationResponse>(
            $"select {LocationResponse.Columns} from locations order by lower(name)", null, cancellationToken));
}
