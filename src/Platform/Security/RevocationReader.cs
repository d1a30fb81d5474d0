using System.Data.Common;
using System.Text.Json;
using Portico.Contracts.Auth;

namespace Portico.Platform.Security;

/// <summary>Follows Auth's feed of ended sessions for as long as the process runs.</summary>
internal sealed class RevocationReader(IRevocationFeed feed, RevokedSessions sessions, ILogger<RevocationReader> logger) : BackgroundService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var position = IRevocationFeed.FromTheStart;
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var news = await feed.ReadAsync(position, stoppingToken);
                sessions.Learn(news);
                sessions.ForgetExpired();
                position = news.Count > 0 ? news[^1].Position : Math.Max(position, 0);
                failing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is HttpRequestException or DbException or IOException or JsonException or OperationCanceledException)
            {
                if (!failing)
                {
                    logger.FeedIsAway(e.Message);
                }

                failing = true;
                await Task.Delay(TryAgain, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}

internal static partial class RevocationLog
{
    [LoggerMessage(LogLevel.Warning, "Auth does not tell which sessions have ended: {Reason}")]
    public static partial void FeedIsAway(this ILogger logger, string reason);
}
