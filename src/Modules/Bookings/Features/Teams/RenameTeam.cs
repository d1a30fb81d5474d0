using System.ComponentModel.DataAnnotations;
using Npgsql;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Teams;

/// <summary>The team's new name.</summary>
public sealed record RenameTeamRequest(
    [property: Required, StringLength(100), RegularExpression(@"(?s).*\S.*", ErrorMessage = "A name is needed.")] string Name);

internal static class RenameTeam
{
    public static async Task<Results<Ok<TeamResponse>, ProblemHttpResult>> Handle(
        Guid id, RenameTeamRequest request, Database<BookingsModule> database, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        try
        {
            // Whoever takes a name that is just being given up waits for the one who does: two that exchange names would wait for
            // each other.
            await change.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('team-names', 0))", null, cancellationToken);
            var renamed = await change.FindAsync<TeamResponse>(
                $"update teams set name = @name where id = @id returning {TeamResponse.Columns}", new { id, name = request.Name.Trim() }, cancellationToken);
            await change.CommitAsync(cancellationToken);
            return renamed is null ? TeamProblems.NotFound() : TypedResults.Ok(renamed);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return TeamProblems.NameTaken();
        }
    }
}
