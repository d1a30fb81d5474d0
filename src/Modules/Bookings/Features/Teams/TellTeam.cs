using Portico.Contracts.Bookings;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Teams;

/// <summary>A team, for neighbours. Who may see it they know.</summary>
internal sealed class TellTeam(Database<BookingsModule> database) : ITeams
{
    public const string Path = "/internal/teams";

    public static async Task<Results<Ok<KnownTeam>, NotFound>> Handle(Guid id, ITeams teams, CancellationToken cancellationToken) =>
        await teams.FindAsync(id, cancellationToken) is { } team ? TypedResults.Ok(team) : TypedResults.NotFound();

    public Task<KnownTeam?> FindAsync(Guid id, CancellationToken cancellationToken) => database.FindAsync<KnownTeam>(
        "select id, name, (select count(*)::int from team_members where team_id = teams.id) as members from teams where id = @id", new { id }, cancellationToken);
}
