using Portico.Platform.Security;

namespace Portico.Notifications.Features.Inbox;

/// <summary>How many have not been read.</summary>
public sealed record UnreadResponse(int Unread);

internal static class CountUnread
{
    public static async Task<Ok<UnreadResponse>> Handle(ReadNotifications notifications, CurrentUser user, CancellationToken cancellationToken) =>
        TypedResults.Ok(new UnreadResponse(await notifications.UnreadAsync(user.Id, cancellationToken)));
}
