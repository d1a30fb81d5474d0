using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Portico.Notifications.Deliveries;
using Portico.Platform.Web;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Portico.Notifications.Queues;

/// <summary>
/// Hands the broker what is due, and does what it hands out. When it is away, closes anything or does not confirm, all begins anew
/// with another connection.
/// </summary>
internal sealed class QueueWork(
    IServiceScopeFactory scopes, IEnumerable<IDeliveryChannel> channels, TakeFromQueue taking, DeliveryBells bells, IOptions<RabbitMqOptions> rabbit,
    IOptions<NotificationsOptions> options, ILogger<QueueWork> logger) : BackgroundService, IReadiness
{
    private const string BellName = "queues";
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private volatile bool connected;

    public string Name => "rabbitmq";

    public Task<bool> IsReadyAsync(CancellationToken cancellationToken) => Task.FromResult(connected);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var factory = new ConnectionFactory
        {
            Uri = new(rabbit.Value.Uri!),
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            ClientProvidedName = "portico",
        };
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await factory.CreateConnectionAsync(stoppingToken);
                await ServeAsync(connection, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception e) when (e is RabbitMQClientException or DbException or IOException or SocketException or InvalidOperationException or TimeoutException or OperationCanceledException)
            {
                logger.QueueIsAway(e.Message);
            }

            connected = false;
            await Task.Delay(Idle, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(IConnection connection, CancellationToken stoppingToken)
    {
        await using var publishing = await connection.CreateChannelAsync(
            new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), stoppingToken);
        await DeliveryQueues.DeclareAsync(publishing, channels.Select(channel => channel.Name), stoppingToken);
        List<IChannel> open = [publishing];
        foreach (var channel in channels)
        {
            var listening = await ListenAsync(connection, options.Value.AtOnce, stoppingToken);
            open.Add(listening);
            await taking.ListenAsync(listening, channel, stoppingToken);
        }

        var dead = await ListenAsync(connection, 1, stoppingToken);
        open.Add(dead);
        await taking.ListenToDeadAsync(dead, stoppingToken);
        connected = true;
        while (open.TrueForAll(channel => channel.IsOpen))
        {
            await using var scope = scopes.CreateAsyncScope();
            var due = scope.ServiceProvider.GetRequiredService<PublishDue>();
            try
            {
                if (await due.RunAsync(publishing, stoppingToken) == 0)
                {
                    await due.DoubtAsync(stoppingToken);
                    await bells.Of(BellName).WaitAsync(Idle, TimeProvider.System, stoppingToken);
                }
            }
            catch (TimeoutException)
            {
                // Who confirms nothing does not say goodbye either.
                await connection.CloseAsync(Constants.ConnectionForced, "Nothing is confirmed.", Idle, abort: true, stoppingToken);
                throw;
            }
        }
    }

    private async Task<IChannel> ListenAsync(IConnection connection, int atOnce, CancellationToken stoppingToken)
    {
        var listening = await connection.CreateChannelAsync(
            new(publisherConfirmationsEnabled: false, publisherConfirmationTrackingEnabled: false, consumerDispatchConcurrency: (ushort)atOnce), stoppingToken);
        await listening.BasicQosAsync(prefetchSize: 0, prefetchCount: (ushort)rabbit.Value.Prefetch, global: false, stoppingToken);
        return listening;
    }
}
