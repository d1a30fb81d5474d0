using Portico.Platform.Data;

namespace Portico.Bookings.Features.Teams;

internal static class ShowTeam
{
    public static async Task<Results<Ok<TeamResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, CancellationToken cancellationToken) =>
        await database.FindAsync<TeamResponse>($"select {TeamResponse.Columns} from teams where id = @id", new { id }, cancellationToken) is { } team
            ? TypedResults.Ok(team)
            : TeamProblems.NotFound();
}
