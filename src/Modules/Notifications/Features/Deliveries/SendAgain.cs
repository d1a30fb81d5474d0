using Portico.Notifications.Deliveries;
using Portico.Platform.Data;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Notifications.Features.Deliveries;

/// <summary>What was given up is tried again, from the beginning.</summary>
internal static class SendAgain
{
    public static async Task<Results<Ok<DeliveryResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<NotificationsModule> database, DeliveryBells bells, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var again = await change.FindAsync<DeliveryResponse>(
            $"""
            update deliveries set status = 'waiting', attempts = 0, due_at = @now, settled_at = null, queued_at = null
            where id = @id and status = 'dead' and payload is not null
            returning {DeliveryResponse.Columns}
            """, new { id, now = time.GetStoredNow() }, cancellationToken);
        if (again is null)
        {
            var status = await change.FindAsync<string>("select status from deliveries where id = @id", new { id }, cancellationToken);
            return status is null
                ? Problems.NotFound("delivery-not-found", "There is no such delivery.")
                : Problems.Conflict("delivery-not-dead", "Only what was given up, and is not forgotten, is sent again.", ("state", status));
        }

        change.AfterCommit(bells.RingAll);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(again);
    }
}
