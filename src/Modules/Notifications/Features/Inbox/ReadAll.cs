using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Notifications.Features.Inbox;

internal static class ReadAll
{
    public static async Task<Ok<UnreadResponse>> Handle(
        Database<NotificationsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        await change.ExecuteAsync(
            "update notifications set read_at = @now where member_id = @userId and read_at is null",
            new { userId = user.Id, now = time.GetStoredNow() }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(new UnreadResponse(0));
    }
}
