using System.Data.Common;
using Microsoft.Extensions.Options;
using Portico.Notifications.Queues;

namespace Portico.Notifications.Deliveries;

/// <summary>
/// Delivers what is due, some at once on each channel: after a change rings, and every second for what others left. With a broker
/// that hands it out it only counts.
/// </summary>
internal sealed class DeliveryWork(
    IServiceScopeFactory scopes, IEnumerable<IDeliveryChannel> channels, DeliveryBells bells, DeliveryMeter meter, IOptions<NotificationsOptions> options, IOptions<RabbitMqOptions> rabbit,
    ILogger<DeliveryWork> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var taken = rabbit.Value.Uri is null ? channels : [];
        await Task.WhenAll(
            taken.SelectMany(channel => Enumerable.Range(0, options.Value.AtOnce).Select(_ => WorkAsync(channel, stoppingToken)).Append(RingAsync(channel, stoppingToken)))
                .Append(SampleAsync(stoppingToken)));
    }

    // For what others left, and what is due by now: one of those who are free looks, and not each of them.
    private async Task RingAsync(IDeliveryChannel channel, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            bells.Of(channel.Name).Ring();
            await Task.Delay(Idle, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WorkAsync(IDeliveryChannel channel, CancellationToken stoppingToken)
    {
        var bell = bells.Of(channel.Name);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                // Where there is one there may be more, and only one was woken.
                if (!await scope.ServiceProvider.GetRequiredService<DeliverNext>().RunAsync(channel, bell.Ring, stoppingToken))
                {
                    await bell.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception e) when (e is DbException or IOException or InvalidOperationException or TimeoutException)
            {
                logger.DeliveriesAreStuck(channel.Name, e.Message);
                await Task.Delay(Idle, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task SampleAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await meter.SampleAsync(stoppingToken);
            }
            catch (Exception e) when (e is DbException or IOException or InvalidOperationException or TimeoutException or OperationCanceledException)
            {
                // The last sample stands, and readiness says that the database is away.
            }

            await Task.Delay(DeliveryMeter.Every, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
