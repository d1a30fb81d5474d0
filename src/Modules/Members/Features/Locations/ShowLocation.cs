using Portico.Platform.Data;

namespace Portico.Members.Features.Locations;

internal static class ShowLocation
{
    public static async Task<Results<Ok<LocationResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<MembersModule> database, CancellationToken cancellationToken) =>
        await database.FindAsync<LocationResponse>(
            $"select {LocationResponse.Columns} from locations where id = @id", new { id }, cancellationToken) is { } location
            ? TypedResults.Ok(location)
            : LocationProblems.NotFound();
}
