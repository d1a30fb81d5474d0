using System.Data.Common;
using Dapper;
using Npgsql;
using Portico.Platform.Data;

namespace Portico.Notifications.Features.Inbox;

/// <summary>
/// Carries "there is something for this member" between processes, by notifications of the database: after the commit and not in it, since
/// transactions that notify queue for their commits.
/// </summary>
internal sealed class FeedWork(ModuleDataSource<NotificationsModule> database, NotificationFeed feed, ILogger<FeedWork> logger) : BackgroundService
{
    private const string Channel = "portico_notifications";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    // A connection that died without a word is found out.
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(KeepUpAsync(SayAsync, stoppingToken), KeepUpAsync(ListenAsync, stoppingToken));

    private async Task KeepUpAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await work(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception e) when (e is DbException or IOException or InvalidOperationException or TimeoutException)
            {
                logger.FeedIsStuck(e.Message);
                await Task.Delay(Rest, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task SayAsync(CancellationToken cancellationToken)
    {
        await feed.Told.WaitToReadAsync(cancellationToken);
        HashSet<string> members = [];
        while (members.Count < 500 && feed.Told.TryRead(out var member))
        {
            members.Add(member.ToString());
        }

        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new(
            $"select pg_notify('{Channel}', member) from unnest(@members) as member", new { members = members.ToArray() }, cancellationToken: cancellationToken));
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        connection.Notification += OnNotification;
        await connection.ExecuteAsync(new($"listen {Channel}", cancellationToken: cancellationToken));
        try
        {
            while (true)
            {
                if (!await connection.WaitAsync(LookAnyway, cancellationToken))
                {
                    await connection.ExecuteAsync(new("select 1", cancellationToken: cancellationToken));
                }
            }
        }
        finally
        {
            connection.Notification -= OnNotification;
            // The pool would hand it on listening.
            if (connection.State is System.Data.ConnectionState.Open)
            {
                await connection.ExecuteAsync("unlisten *");
            }
        }
    }

    private void OnNotification(object sender, NpgsqlNotificationEventArgs news)
    {
        if (Guid.TryParse(news.Payload, out var member))
        {
            feed.Wake(member);
        }
    }
}

internal static partial class FeedLog
{
    [LoggerMessage(LogLevel.Warning, "Streams of notifications hear late for the moment: {Reason}")]
    public static partial void FeedIsStuck(this ILogger logger, string reason);
}
