using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Notifications.Features.Webhooks;

/// <summary>Its secret is forgotten, and what waits for it is dropped when it is due. What it was sent stays in the log.</summary>
internal static class RemoveWebhook
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Database<NotificationsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var removed = await change.ExecuteAsync(
            "update webhook_endpoints set removed_at = @now, secret = null where id = @id and removed_at is null",
            new { id, now = time.GetStoredNow() }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return removed == 0 ? WebhookProblems.NotFound() : TypedResults.NoContent();
    }
}
