using Portico.Platform.Security;

namespace Portico.Notifications.Features.Inbox;

/// <summary>What I was told.</summary>
internal static class InboxRoutes
{
    public static void MapInbox(this RouteGroupBuilder notifications)
    {
        var mine = notifications.MapGroup("").RequireAuthorization(Policies.People);
        mine.MapGet("/", ListNotifications.Handle).WithName("ListNotifications").WithSummary("What I was told, newest first");
        mine.MapGet("/count", CountUnread.Handle).WithName("CountUnread").WithSummary("How many I have not read");
        mine.MapPost("/{id:guid}/read", ReadNotification.Handle).WithName("ReadNotification").WithSummary("Note that I have read one");
        mine.MapPost("/read-all", ReadAll.Handle).WithName("ReadAllNotifications").WithSummary("Note that I have read all");
        // How long a stream lasts says nothing about how fast anything is.
        mine.MapGet("/live", FollowNotifications.Handle).DisableHttpMetrics()
            .WithName("FollowNotifications").WithSummary("What I am told, as it comes, as Server-Sent Events");
    }
}
