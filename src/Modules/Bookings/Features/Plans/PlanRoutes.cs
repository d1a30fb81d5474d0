using Portico.Bookings.Messages;
using Portico.Contracts.Payments;
using Portico.Platform.Messaging;
using Portico.Platform.Schedules;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Plans;

/// <summary>Plans, who has which, and the hours they give.</summary>
internal static class PlanRoutes
{
    public static void AddPlans(this IServiceCollection services)
    {
        services.AddEventHandler<BookingsModule, MembershipStarted, FollowMembership>();
        services.AddEventHandler<BookingsModule, MembershipChanged, FollowMembership>();
        services.AddEventHandler<BookingsModule, MembershipResumed, FollowMembership>();
        services.AddEventHandler<BookingsModule, MembershipPaused, FollowMembership>();
        services.AddEventHandler<BookingsModule, MembershipSuspended, FollowMembership>();
        services.AddEventHandler<BookingsModule, MembershipEnded, FollowMembership>();
        services.AddScheduledJob<BookingsModule, AnnouncePlans>("announce-plans", TimeSpan.FromHours(1));
    }

    public static void MapPlans(this RouteGroupBuilder bookings)
    {
        var credits = bookings.MapGroup("/credits").RequireAuthorization(Policies.People);
        credits.MapGet("/", ShowCredits.HandleMine).WithName("ShowMyCredits").WithSummary("My plan and the hours left of it");
        credits.MapGet("/entries", ListCreditEntries.HandleMine).WithName("ListMyCreditEntries").WithSummary("How my hours came and went");

        var admin = bookings.MapGroup("").RequireAuthorization(Policies.Admin);
        admin.MapGet("/plans", ListPlans.Handle).WithName("ListPlans").WithSummary("All plans");
        admin.MapPost("/plans", AddPlan.Handle).WithName("AddPlan").WithSummary("Offer a plan");
        admin.MapGet("/plans/{id:guid}", ShowPlan.Handle).WithName("ShowPlan").WithSummary("One plan");
        admin.MapPatch("/plans/{id:guid}", ChangePlan.Handle).WithName("ChangePlan").WithSummary("Change a plan");
        admin.MapPost("/plans/{id:guid}/retire", RetirePlan.Handle).WithName("RetirePlan").WithSummary("Offer a plan no more");
        admin.MapPut("/members/{id:guid}/plan", GiveMemberPlan.Handle).WithName("GiveMemberPlan").WithSummary("Give a member a plan");
        admin.MapDelete("/members/{id:guid}/plan", TakeMemberPlan.Handle).WithName("TakeMemberPlan").WithSummary("Take a member's plan away");
        admin.MapGet("/credits/members/{id:guid}", ShowCredits.HandleMembers).WithName("ShowMemberCredits").WithSummary("A member's plan and hours");
        admin.MapGet("/credits/members/{id:guid}/entries", ListCreditEntries.HandleMembers)
            .WithName("ListMemberCreditEntries").WithSummary("How a member's hours came and went");
        admin.MapPost("/credits/members/{id:guid}", AdjustCredits.Handle).WithName("AdjustCredits").WithSummary("Give or take hours by hand");
    }
}
