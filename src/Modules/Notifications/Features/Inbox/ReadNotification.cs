using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Notifications.Features.Inbox;

internal static class ReadNotification
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Database<NotificationsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        // The first time stays.
        var found = await change.ExecuteAsync(
            "update notifications set read_at = coalesce(read_at, @now) where id = @id and member_id = @userId",
            new { id, userId = user.Id, now = time.GetStoredNow() }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return found == 1 ? TypedResults.NoContent() : Problems.NotFound("notification-not-found", "There is no such notification of yours.");
    }
}
