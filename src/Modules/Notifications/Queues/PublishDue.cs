using Microsoft.Extensions.Options;
using Portico.Platform.Data;
using Portico.Platform.Time;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Portico.Notifications.Queues;

/// <summary>
/// Hands to the broker what is due. It is noted before, so that nobody else does, and the note is taken back from what the broker did
/// not confirm. When a process dies in between, the note grows old. Throws <see cref="TimeoutException"/> where something is not confirmed:
/// its client counts confirms, and one that was given up puts it out of step, so that all after it may come too late.
/// </summary>
internal sealed class PublishDue(Database<NotificationsModule> database, IOptions<RabbitMqOptions> options, TimeProvider time)
{
    // Of more the client slows down those that come last.
    private const int AtOnce = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Answers how many the broker took.</summary>
    public async Task<int> RunAsync(IChannel broker, CancellationToken cancellationToken)
    {
        var due = await ChangeAsync<Due>(
            """
            update deliveries set queued_at = @now
            where id in (
                select id from deliveries where status = 'waiting' and queued_at is null and due_at <= @now
                order by due_at limit @AtOnce for update skip locked)
            returning id, channel
            """, new { now = time.GetStoredNow(), AtOnce }, cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var taken = await Task.WhenAll(due.Select(one => IsTakenAsync(broker, one, patience.Token)));
        var lost = due.Where((_, nth) => !taken[nth]).Select(one => one.Id).ToArray();
        if (lost.Length > 0)
        {
            await ChangeAsync<Guid>(
                "update deliveries set queued_at = null where id = any(@lost) and status = 'waiting' returning id", new { lost }, CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"It did not confirm {lost.Length} of {due.Count}.");
        }

        return due.Count;
    }

    /// <summary>Has what was handed over long ago handed over again. What is being done at this moment is locked.</summary>
    public Task DoubtAsync(CancellationToken cancellationToken) => ChangeAsync<Guid>(
        """
        update deliveries set queued_at = null
        where id in (select id from deliveries where status = 'waiting' and queued_at < @before for update skip locked)
        returning id
        """, new { before = time.GetUtcNow() - options.Value.PublishAgainAfter }, cancellationToken);

    private static async Task<bool> IsTakenAsync(IChannel broker, Due due, CancellationToken cancellationToken)
    {
        try
        {
            // Comes back when the broker has written it, with the channel's confirms.
            await broker.BasicPublishAsync(
                exchange: "", routingKey: DeliveryQueues.Of(due.Channel), mandatory: true,
                new BasicProperties { MessageId = due.Id.ToString(), DeliveryMode = DeliveryModes.Persistent }, ReadOnlyMemory<byte>.Empty, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is RabbitMQClientException or IOException or OperationCanceledException or InvalidOperationException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<T>> ChangeAsync<T>(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var rows = await change.QueryAsync<T>(sql, parameters, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return rows;
    }

    private sealed record Due(Guid Id, string Channel);
}
