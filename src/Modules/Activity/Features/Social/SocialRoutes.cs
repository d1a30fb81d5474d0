using Portico.Activity.Messages;
using Portico.Contracts.Auth;
using Portico.Platform.Messaging;
using Portico.Platform.Security;

namespace Portico.Activity.Features.Social;

/// <summary>What members tell each other.</summary>
internal static class SocialRoutes
{
    public static void AddSocial(this IServiceCollection services)
    {
        services.AddEventHandler<ActivityModule, UserRegistered, MeetPerson>();
        services.AddEventHandler<ActivityModule, UserChanged, RenamePerson>();
        services.AddEventHandler<ActivityModule, UserDeleted, ForgetPerson>();
    }

    public static void MapSocial(this RouteGroupBuilder activity)
    {
        var social = activity.MapGroup("/social").RequireAuthorization(Policies.People).ProducesProblem(StatusCodes.Status403Forbidden);
        social.MapPost("/log", LogEntry.Handle).WithName("LogSocialEntry").WithSummary("Tell the others something");
        social.MapGet("/feed", ShowFeed.Handle).WithName("ShowSocialFeed").WithSummary("What was told, newest first");
        social.MapDelete("/log/{id:guid}", DeleteEntry.Handle).WithName("DeleteSocialEntry").WithSummary("Take back what I told");
        social.MapPut("/log/{id:guid}/reactions/{kind}", React.Handle).WithName("ReactToSocialEntry").WithSummary("React to it");
        social.MapDelete("/log/{id:guid}/reactions/{kind}", React.HandleNoMore).WithName("TakeBackReaction").WithSummary("Take a reaction back");
        social.MapPost("/log/{id:guid}/remove", RemoveEntry.Handle)
            .RequireAuthorization(Policies.Staff).WithName("RemoveSocialEntry").WithSummary("Take down what somebody told, and say why");
    }
}
