using Microsoft.Extensions.Options;
using Portico.Notifications.Data;
using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Notifications.Deliveries;

/// <summary>
/// Does what is due next on a channel. The row is locked from before it is sent until it is noted what became of it: no other process
/// sends it meanwhile, and when this one dies the database lets go of it at once.
/// </summary>
internal sealed class DeliverNext(
    Database<NotificationsModule> database, IOptions<NotificationsOptions> options, DeliveryMeter meter, TimeProvider time, ILogger<DeliverNext> logger)
{
    /// <summary>Answers whether there was something to do, and says so as soon as it is found.</summary>
    public async Task<bool> RunAsync(IDeliveryChannel channel, Action found, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<DeliveryRow>(
            $"""
            select {DeliveryRow.Columns} from deliveries
            where channel = @Name and status = 'waiting' and due_at <= @now
            order by due_at limit 1 for update skip locked
            """, new { channel.Name, now = time.GetStoredNow() }, cancellationToken) is not { } due)
        {
            return false;
        }

        found();
        await DoAsync(channel, due, change, cancellationToken);
        return true;
    }

    /// <summary>Does the one that a queue named, unless it is done or put off.</summary>
    public async Task RunAsync(IDeliveryChannel channel, Guid id, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        // It waits for whoever has the row: passed over, it would be gone from the queue, and perhaps not done.
        if (await change.FindAsync<DeliveryRow>(
            $"select {DeliveryRow.Columns} from deliveries where id = @id and channel = @Name and status = 'waiting' and due_at <= @now for update",
            new { id, channel.Name, now = time.GetStoredNow() }, cancellationToken) is { } due)
        {
            await DoAsync(channel, due, change, cancellationToken);
        }
    }

    private async Task DoAsync(IDeliveryChannel channel, DeliveryRow due, Change change, CancellationToken cancellationToken)
    {
        var outcome = due.UsefulUntil <= time.GetUtcNow()
            ? DeliveryOutcome.Dropped("too_late")
            : await TryAsync(channel, due, change, cancellationToken);
        // From here on it has happened, whatever is stopped: it is to be noted.
        await NoteAsync(due, outcome, change, CancellationToken.None);
        await change.CommitAsync(CancellationToken.None);
        meter.Tried(channel.Name, outcome.Status);
    }

    private async Task<DeliveryOutcome> TryAsync(IDeliveryChannel channel, DeliveryRow due, Change change, CancellationToken cancellationToken)
    {
        var outcome = await channel.DeliverAsync(due, change, cancellationToken);
        return outcome.Status == DeliveryOutcome.Failed && due.Attempts + 1 >= options.Value.Attempts ? DeliveryOutcome.GivenUp(outcome.Reason!) : outcome;
    }

    private async Task NoteAsync(DeliveryRow due, DeliveryOutcome outcome, Change change, CancellationToken cancellationToken)
    {
        var (now, attempts) = (time.GetStoredNow(), due.Attempts + 1);
        if (outcome.Status == DeliveryOutcome.Failed)
        {
            logger.IsTriedAgain(due.Channel, due.Kind, due.Id, attempts, outcome.Reason!);
            await change.ExecuteAsync(
                "update deliveries set attempts = @attempts, failure = @Reason, due_at = @dueAt, queued_at = null where id = @Id",
                new { due.Id, attempts, outcome.Reason, dueAt = now + Retries.WaitAfter(attempts, options.Value.RetryAfter) }, cancellationToken);
            return;
        }

        if (outcome.Status == "dead")
        {
            logger.IsGivenUp(due.Channel, due.Kind, due.Id, attempts, outcome.Reason!);
        }

        await change.ExecuteAsync(
            """
            update deliveries set status = @Status, attempts = @attempts, failure = @Reason, settled_at = @now, payload = case when @Status = 'dead' then payload end
            where id = @Id
            """, new { due.Id, outcome.Status, attempts, outcome.Reason, now }, cancellationToken);
    }
}

internal static partial class DeliveryLog
{
    [LoggerMessage(LogLevel.Warning, "{Channel} {Kind} {Id} failed and is tried again (attempt {Attempt}): {Reason}")]
    public static partial void IsTriedAgain(this ILogger logger, string channel, string kind, Guid id, int attempt, string reason);

    [LoggerMessage(LogLevel.Error, "{Channel} {Kind} {Id} is given up after {Attempts} attempts, see GET /api/notifications/admin/deliveries: {Reason}")]
    public static partial void IsGivenUp(this ILogger logger, string channel, string kind, Guid id, int attempts, string reason);

    [LoggerMessage(LogLevel.Warning, "What is to be delivered by {Channel} cannot be read: {Reason}")]
    public static partial void DeliveriesAreStuck(this ILogger logger, string channel, string reason);
}
