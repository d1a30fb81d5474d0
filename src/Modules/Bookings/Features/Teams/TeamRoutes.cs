using Portico.Contracts.Bookings;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Teams;

/// <summary>Companies that pay for their people.</summary>
internal static class TeamRoutes
{
    public static void AddTeams(this IServiceCollection services) => services.AddScoped<ITeams, TellTeam>();

    /// <summary>For the other processes of this installation.</summary>
    public static void MapKnownTeams(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"{TellTeam.Path}/{{id:guid}}", TellTeam.Handle).RequireAuthorization(Policies.Service).ExcludeFromDescription();

    public static void MapTeams(this RouteGroupBuilder bookings)
    {
        var teams = bookings.MapGroup("/teams").RequireAuthorization(Policies.Admin);
        teams.MapGet("/", ListTeams.Handle).WithName("ListTeams").WithSummary("All teams");
        teams.MapPost("/", AddTeam.Handle).WithName("AddTeam").WithSummary("Add a team");
        teams.MapGet("/{id:guid}", ShowTeam.Handle).WithName("ShowTeam").WithSummary("One team");
        teams.MapPatch("/{id:guid}", RenameTeam.Handle).WithName("RenameTeam").WithSummary("Rename a team");
        teams.MapPut("/{id:guid}/plan", SetTeamPlan.HandleGive).WithName("GiveTeamPlan").WithSummary("Give a team a plan");
        teams.MapDelete("/{id:guid}/plan", SetTeamPlan.HandleTake).WithName("TakeTeamPlan").WithSummary("Take a team's plan away");
        teams.MapGet("/{id:guid}/members", ListTeamMembers.Handle).WithName("ListTeamMembers").WithSummary("For whom a team pays");
        teams.MapPut("/{id:guid}/members/{member_id:guid}", AddToTeam.Handle).WithName("AddToTeam").WithSummary("Let a team pay for a member");
        teams.MapDelete("/{id:guid}/members/{member_id:guid}", RemoveFromTeam.Handle).WithName("RemoveFromTeam").WithSummary("Let a member pay again");
    }
}
