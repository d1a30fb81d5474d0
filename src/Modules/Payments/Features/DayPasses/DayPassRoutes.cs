using Portico.Contracts.Bookings;
using Portico.Contracts.Members;
using Portico.Contracts.Payments;
using Portico.Payments.Data;
using Portico.Payments.Messages;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Security;

namespace Portico.Payments.Features.DayPasses;

/// <summary>What visits of people without a plan cost.</summary>
internal static class DayPassRoutes
{
    public static void AddDayPasses(this IServiceCollection services)
    {
        services.AddInvariants<PaymentsModule>(DayPassInvariants.All);
        services.AddEventHandler<PaymentsModule, MemberCheckedIn, NoteVisit>();
        services.AddEventHandler<PaymentsModule, PlanGiven, FollowPlans>();
        services.AddEventHandler<PaymentsModule, PlanTaken, FollowPlans>();
        services.AddEventHandler<PaymentsModule, MembershipStarted, FollowPlans>();
        services.AddEventHandler<PaymentsModule, MembershipResumed, FollowPlans>();
    }

    public static void MapDayPasses(this RouteGroupBuilder payments)
    {
        var mine = payments.MapGroup("/day-passes").RequireAuthorization(Policies.People);
        mine.MapGet("/offers", ListDayPassOffers.HandleActive).WithName("ListDayPassOffers").WithSummary("The day passes there are");
        mine.MapGet("/", ListDayPasses.HandleMine).WithName("ListDayPasses").WithSummary("My day passes, newest first");
        mine.MapPost("/", BuyDayPass.HandleMine).WithName("BuyDayPass").WithSummary("Buy a day pass");
        mine.MapGet("/visits", ListVisitedDays.HandleMine).WithName("ListVisitedDays").WithSummary("My days, and what covered each");

        var members = payments.MapGroup("/members/{member_id:guid}/day-passes").RequireAuthorization(Policies.Admin);
        members.MapGet("/", ListDayPasses.HandleMembers).WithName("ListMembersDayPasses").WithSummary("A member's day passes, newest first");
        members.MapPost("/", BuyDayPass.HandleMembers).WithName("SellDayPass").WithSummary("Sell a member a day pass");
        members.MapPost("/given", GiveDayPass.Handle).WithName("GiveDayPass").WithSummary("Give a member a day pass, and why");
        members.MapGet("/visits", ListVisitedDays.HandleMembers).WithName("ListMembersVisitedDays").WithSummary("A member's days, and what covered each");

        var admin = payments.MapGroup("/admin/day-passes").RequireAuthorization(Policies.Admin);
        admin.MapGet("/offers", ListDayPassOffers.HandleAll).WithName("ListAllDayPassOffers").WithSummary("All day passes there are and were to be had");
        admin.MapPost("/offers", AddDayPassOffer.Handle).WithName("AddDayPassOffer").WithSummary("Offer a day pass");
        admin.MapPatch("/offers/{id:guid}", ChangeDayPassOffer.Handle).WithName("ChangeDayPassOffer").WithSummary("Change a day pass, or offer it no more");
        admin.MapPost("/{id:guid}/withdraw", WithdrawDayPass.Handle).WithName("WithdrawDayPass").WithSummary("Take a pass out of use, and why");
        admin.MapPost("/visits/{visit_id:guid}/return", ReturnVisitedDay.Handle).WithName("ReturnVisitedDay").WithSummary("Give the day of a visit back, and why");
    }
}
