using Portico.Notifications.Deliveries;
using Portico.Platform.Data;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Notifications.Features.Webhooks;

/// <summary>How many are on their way again.</summary>
public sealed record SentAgainResponse(int Count);

internal static class SendAllAgain
{
    public static async Task<Results<Ok<SentAgainResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<NotificationsModule> database, DeliveryBells bells, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var enabled = await change.FindAsync<bool?>(
            "select disabled_at is null from webhook_endpoints where id = @id and removed_at is null", new { id }, cancellationToken);
        if (enabled is not true)
        {
            return enabled is null ? WebhookProblems.NotFound() : Problems.Conflict("webhook-disabled", "Enable it first.");
        }

        var count = await change.ExecuteAsync(
            """
            update deliveries set status = 'waiting', attempts = 0, due_at = @now, settled_at = null
            where endpoint_id = @id and status = 'dead' and payload is not null
            """, new { id, now = time.GetStoredNow() }, cancellationToken);
        change.AfterCommit(bells.RingAll);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(new SentAgainResponse(count));
    }
}
