using Portico.Contracts.Payments;
using Portico.Payments.Messages;
using Portico.Platform.Messaging;
using Portico.Platform.Schedules;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Memberships;

/// <summary>What members pay for every month.</summary>
internal static class MembershipRoutes
{
    public static void AddMemberships(this IServiceCollection services)
    {
        services.AddOptions<MembershipOptions>().BindConfiguration(MembershipOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<HouseClock>().AddScoped<CollectFees>().AddScoped<RemindOfFees>();
        services.AddScheduledJob<PaymentsModule, BillMemberships>(BillMemberships.JobName, TimeSpan.FromHours(1));
        services.AddEventHandler<PaymentsModule, TransactionPaid, ReinstateMembership>();
        services.AddEventHandler<PaymentsModule, TransactionCancelled, ReinstateMembership>();
    }

    public static void MapMemberships(this RouteGroupBuilder payments)
    {
        var mine = payments.MapGroup("").RequireAuthorization(Policies.People);
        mine.MapGet("/offers", ListOffers.HandleActive).WithName("ListOffers").WithSummary("The memberships there are");
        mine.MapPost("/memberships", StartMembership.HandleMine).WithName("StartMembership").WithSummary("Begin a membership");
        mine.MapGet("/membership", ShowMembership.HandleMine).WithName("ShowMembership").WithSummary("My membership, or the last one");
        mine.MapPost("/membership/change", ChangeMembership.HandleMine).WithName("ChangeMembership").WithSummary("Have another one from today");
        mine.MapPost("/membership/pause", PauseMembership.HandleMine).WithName("PauseMembership").WithSummary("Let it rest from the next period");
        mine.MapPost("/membership/resume", ResumeMembership.HandleMine).WithName("ResumeMembership").WithSummary("Let it go on");
        mine.MapPost("/membership/cancel", CancelMembership.HandleMine).WithName("CancelMembership").WithSummary("End it with its period");
        mine.MapPost("/membership/keep", KeepMembership.HandleMine).WithName("KeepMembership").WithSummary("Do not end it after all");

        mine.MapGet("/membership/teams", ListPaidMemberships.Handle).WithName("ListPaidMemberships").WithSummary("Memberships of teams that I pay for, newest first");

        var teams = payments.MapGroup("/teams/{team_id:guid}").RequireAuthorization(Policies.Admin);
        teams.MapPost("/memberships", StartTeamMembership.Handle).WithName("StartTeamMembership").WithSummary("Begin a membership for a team");
        teams.MapGet("/membership", ShowMembership.HandleTeams).WithName("ShowTeamMembership").WithSummary("A team's membership, or the last one");
        teams.MapPost("/membership/change", ChangeTeamMembership.Handle).WithName("ChangeTeamMembership").WithSummary("Give a team another one, or other seats, from today");
        teams.MapPost("/membership/pause", PauseMembership.HandleTeams).WithName("PauseTeamMembership").WithSummary("Let a team's rest from the next period");
        teams.MapPost("/membership/resume", ResumeMembership.HandleTeams).WithName("ResumeTeamMembership").WithSummary("Let a team's go on");
        teams.MapPost("/membership/cancel", CancelMembership.HandleTeams).WithName("CancelTeamMembership").WithSummary("End a team's with its period");
        teams.MapPost("/membership/keep", KeepMembership.HandleTeams).WithName("KeepTeamMembership").WithSummary("Do not end a team's after all");

        var members = payments.MapGroup("/members/{member_id:guid}").RequireAuthorization(Policies.Admin);
        members.MapPost("/memberships", StartMembership.HandleMembers).WithName("StartMembersMembership").WithSummary("Begin a membership for a member");
        members.MapGet("/membership", ShowMembership.HandleMembers).WithName("ShowMembersMembership").WithSummary("A member's membership, or the last one");
        members.MapPost("/membership/change", ChangeMembership.HandleMembers).WithName("ChangeMembersMembership").WithSummary("Give a member another one from today");
        members.MapPost("/membership/pause", PauseMembership.HandleMembers).WithName("PauseMembersMembership").WithSummary("Let a member's rest from the next period");
        members.MapPost("/membership/resume", ResumeMembership.HandleMembers).WithName("ResumeMembersMembership").WithSummary("Let a member's go on");
        members.MapPost("/membership/cancel", CancelMembership.HandleMembers).WithName("CancelMembersMembership").WithSummary("End a member's with its period");
        members.MapPost("/membership/keep", KeepMembership.HandleMembers).WithName("KeepMembersMembership").WithSummary("Do not end a member's after all");

        var admin = payments.MapGroup("/admin").RequireAuthorization(Policies.Admin);
        admin.MapGet("/memberships", ListMemberships.Handle).WithName("ListMemberships").WithSummary("All memberships, newest first");
        admin.MapGet("/offers", ListOffers.HandleAll).WithName("ListAllOffers").WithSummary("All memberships there are and were to be had");
        admin.MapPost("/offers", AddOffer.Handle).WithName("AddOffer").WithSummary("Offer a membership");
        admin.MapPatch("/offers/{id:guid}", ChangeOffer.Handle).WithName("ChangeOffer").WithSummary("Change an offer, or offer it no more");
    }
}
