using System.Data.Common;

namespace Portico.Payments.Providers;

/// <summary>Asks providers for what is to be asked, here and now: after a change rings, and every two seconds for what others left.</summary>
internal sealed class ProviderWork(IServiceScopeFactory scopes, ProviderBell bell, ILogger<ProviderWork> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var askedPayment = await scope.ServiceProvider.GetRequiredService<AskAboutPayment>().NextAsync(stoppingToken);
                var askedRefund = await scope.ServiceProvider.GetRequiredService<AskForRefund>().NextAsync(stoppingToken);
                var askedCard = await scope.ServiceProvider.GetRequiredService<AskAboutCard>().NextAsync(stoppingToken);
                var askedCustomer = await scope.ServiceProvider.GetRequiredService<AskAboutCustomer>().NextAsync(stoppingToken);
                if (!askedPayment && !askedRefund && !askedCard && !askedCustomer)
                {
                    await bell.WaitAsync(Idle, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception e) when (e is DbException or IOException or InvalidOperationException or TimeoutException)
            {
                logger.ProviderWorkIsStuck(e.Message);
                await bell.WaitAsync(Idle, stoppingToken);
            }
        }
    }
}

internal static partial class ProviderLog
{
    [LoggerMessage(LogLevel.Warning, "What providers are to be asked cannot be read: {Reason}")]
    public static partial void ProviderWorkIsStuck(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "{Provider} does not answer about {What} {Id}, asked {Times} times: {Reason}")]
    public static partial void ProviderIsAway(this ILogger logger, string provider, string what, Guid id, int times, string reason);

    [LoggerMessage(LogLevel.Error, "{Provider} refuses {What} {Id}: {Reason}")]
    public static partial void ProviderRefuses(this ILogger logger, string provider, string what, Guid id, string reason);
}
