using Portico.Bookings.Messages;
using Portico.Contracts.Auth;
using Portico.Platform.Messaging;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Invites;

/// <summary>Codes that make whoever redeems one a manager of a location.</summary>
internal static class InviteRoutes
{
    public static void AddInvites(this IServiceCollection services) => services.AddEventHandler<BookingsModule, InviteAnswered, SettleInvite>();

    public static void MapInvites(this RouteGroupBuilder bookings)
    {
        var admin = bookings.MapGroup("/invites").RequireAuthorization(Policies.Admin);
        admin.MapGet("/", ListInvites.Handle).WithName("ListInvites").WithSummary("Invites, newest first");
        admin.MapPost("/", CreateInvite.Handle).NeverStoreAnswers().WithName("CreateInvite").WithSummary("Invite somebody to manage a location");
        admin.MapDelete("/{id:guid}", RevokeInvite.Handle).WithName("RevokeInvite").WithSummary("Take an invite back");

        bookings.MapPost("/invites/redeem", RedeemInvite.Handle).RequireAuthorization(Policies.People)
            .WithName("RedeemInvite").WithSummary("Become what an invite says");
    }
}
