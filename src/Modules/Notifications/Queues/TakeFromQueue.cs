using System.Data.Common;
using Portico.Notifications.Deliveries;
using Portico.Platform.Data;
using Portico.Platform.Time;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Portico.Notifications.Queues;

/// <summary>Does what the broker hands out, and acknowledges it once that is noted in the database.</summary>
internal sealed class TakeFromQueue(IServiceScopeFactory scopes, ILogger<TakeFromQueue> logger)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    public Task ListenAsync(IChannel broker, IDeliveryChannel channel, CancellationToken stoppingToken) => ListenAsync(
        broker, DeliveryQueues.Of(channel.Name), (scope, id) => scope.GetRequiredService<DeliverNext>().RunAsync(channel, id, stoppingToken), stoppingToken);

    /// <summary>What nobody could take without dying is shown to administrators, who may have it sent again.</summary>
    public Task ListenToDeadAsync(IChannel broker, CancellationToken stoppingToken) => ListenAsync(
        broker, DeliveryQueues.Dead, (scope, id) => BuryAsync(scope, id, stoppingToken), stoppingToken);

    private static async Task BuryAsync(IServiceProvider scope, Guid id, CancellationToken cancellationToken)
    {
        await using var change = await scope.GetRequiredService<Database<NotificationsModule>>().BeginAsync(cancellationToken);
        await change.ExecuteAsync(
            "update deliveries set status = 'dead', failure = 'dead_letter', settled_at = @now where id = @id and status = 'waiting'",
            new { id, now = scope.GetRequiredService<TimeProvider>().GetStoredNow() }, cancellationToken);
        await change.CommitAsync(cancellationToken);
    }

    private async Task ListenAsync(IChannel broker, string queue, Func<IServiceProvider, Guid, Task> act, CancellationToken stoppingToken)
    {
        var consumer = new AsyncEventingBasicConsumer(broker);
        consumer.ReceivedAsync += (_, message) => TakeAsync(broker, message, act, stoppingToken);
        await broker.BasicConsumeAsync(queue, autoAck: false, consumer, stoppingToken);
    }

    private async Task TakeAsync(IChannel broker, BasicDeliverEventArgs message, Func<IServiceProvider, Guid, Task> act, CancellationToken stoppingToken)
    {
        var (tag, name) = (message.DeliveryTag, message.BasicProperties.MessageId);
        // Without the database it is kept here: given back, it would come at once, and too often.
        while (!await IsDoneAsync(name, act, stoppingToken))
        {
            await Task.Delay(Rest, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }

        try
        {
            await broker.BasicAckAsync(tag, multiple: false, stoppingToken);
        }
        catch (Exception e) when (e is RabbitMQClientException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It comes again, and is found done.
            logger.QueueIsAway(e.Message);
        }
    }

    private async Task<bool> IsDoneAsync(string? name, Func<IServiceProvider, Guid, Task> act, CancellationToken stoppingToken)
    {
        if (!Guid.TryParse(name, out var id))
        {
            logger.IsNoDelivery(name ?? "");
            return true;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await act(scope.ServiceProvider, id);
            return true;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e) when (e is DbException or IOException or InvalidOperationException or TimeoutException)
        {
            logger.QueuedIsStuck(id, e.Message);
            return false;
        }
    }
}

internal static partial class QueueLog
{
    [LoggerMessage(LogLevel.Warning, "The broker of the work queue is away: {Reason}")]
    public static partial void QueueIsAway(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "What the broker handed out cannot be done for the moment: {Id}: {Reason}")]
    public static partial void QueuedIsStuck(this ILogger logger, Guid id, string reason);

    [LoggerMessage(LogLevel.Warning, "Somebody put something into a queue that is no delivery: {Name}")]
    public static partial void IsNoDelivery(this ILogger logger, string name);
}
