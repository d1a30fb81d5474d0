using System.Data.Common;
using Microsoft.Extensions.Options;

namespace Portico.Notifications.Deliveries;

/// <summary>Delivers what is due, some at once on each channel: after a change rings, and every second for what others left.</summary>
internal sealed class DeliveryWork(
    IServiceScopeFactory scopes, IEnumerable<IDeliveryChannel> channels, DeliveryBells bells, DeliveryMeter meter, IOptions<NotificationsOptions> options,
    ILogger<DeliveryWork> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await Task.WhenAll(
            channels.SelectMany(channel => Enumerable.Range(0, options.Value.AtOnce).Select(_ => WorkAsync(channel, stoppingToken)))
                .Append(SampleAsync(stoppingToken)));
    }

    private async Task WorkAsync(IDeliveryChannel channel, CancellationToken stoppingToken)
    {
        var bell = bells.Of(channel.Name);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                if (await scope.ServiceProvider.GetRequiredService<DeliverNext>().RunAsync(channel, stoppingToken))
                {
                    // Where there was one there may be more, and only one was woken.
                    bell.Ring();
                }
                else
                {
                    await bell.WaitAsync(Idle, TimeProvider.System, stoppingToken);
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
