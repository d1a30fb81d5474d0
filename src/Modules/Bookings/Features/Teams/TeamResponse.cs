using Portico.Platform.Web;

namespace Portico.Bookings.Features.Teams;

/// <summary>A company that pays for its people.</summary>
/// <param name="Members">How many.</param>
/// <param name="Seats">How many its membership pays for; null where it has none.</param>
public sealed record TeamResponse(Guid Id, string Name, Guid? PlanId, string? Plan, long Members, int? Seats, DateTimeOffset CreatedAt)
{
    /// <summary>Of <c>teams</c>, which may be what a statement has just returned.</summary>
    internal const string Columns =
        """
        teams.id, teams.name, teams.plan_id, (select plans.name from plans where plans.id = teams.plan_id) as plan,
        (select count(*) from team_members where team_members.team_id = teams.id) as members, teams.seats, teams.created_at
        """;
}

/// <summary>What several features say about teams.</summary>
internal static class TeamProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("team-not-found", "There is no such team.");

    public static ProblemHttpResult NameTaken() => Problems.Conflict("team-name-taken", "There is a team with this name.");
}
