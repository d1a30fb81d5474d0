using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Live;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Live;

/// <summary>Reads every numbered change once for all listeners of the process, whichever process made and numbered it.</summary>
internal sealed class FloorReader(
    ModuleDataSource<BookingsModule> database, FloorFeed feed, LiveMeter meter, IOptions<LiveOptions> options, ILogger<FloorReader> logger)
    : BackgroundService
{
    private const int AtOnce = 500;
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);

    // A connection that died without a word is found out, and a pooler that passes no notifications on makes the floor slow, not dead.
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(3);

    // What comes while thousands are being told goes out in one piece. Telling one takes about a third of this.
    private static readonly TimeSpan PerListener = TimeSpan.FromMicroseconds(50);

    private FloorRing? ring;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var heartbeat = TimeProvider.System.CreateTimer(
            _ => feed.Beat(), null, FloorFeed.Step(options.Value.Heartbeat), FloorFeed.Step(options.Value.Heartbeat));
        var rest = ShortestRest;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(() => rest = ShortestRest, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception e) when (e is DbException or IOException or InvalidOperationException or TimeoutException)
            {
                logger.FloorIsNotRead(e.Message);
                await Task.Delay(rest, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                rest = rest * 2 < LongestRest ? rest * 2 : LongestRest;
            }
        }
    }

    private async Task FollowAsync(Action works, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        var heard = false;
        connection.Notification += (_, _) => heard = true;
        // First this, then what there is: in the other order something could come in between.
        await connection.ExecuteAsync(new($"listen {FloorSequencer.Channel}", cancellationToken: cancellationToken));
        try
        {
            ring ??= await BeginAsync(connection, cancellationToken);
            while (true)
            {
                heard = false;
                await ReadAsync(connection, ring, cancellationToken);
                works();
                if (!heard)
                {
                    await connection.WaitAsync(LookAnyway, cancellationToken);
                }
            }
        }
        finally
        {
            // The pool would hand it on listening.
            if (connection.State is System.Data.ConnectionState.Open)
            {
                await connection.ExecuteAsync("unlisten *");
            }
        }
    }

    /// <summary>With the last changes before the start: most who lost their stream then need nothing else.</summary>
    private async Task<FloorRing> BeginAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var latest = await FloorRow.LatestAsync(connection, options.Value.Kept, cancellationToken);
        var begun = new FloorRing(options.Value.Kept, latest is [var first, ..] ? first.Seq - 1 : 0);
        Append(begun, latest);
        feed.Open(begun);
        return begun;
    }

    private async Task ReadAsync(NpgsqlConnection connection, FloorRing into, CancellationToken cancellationToken)
    {
        int count;
        do
        {
            var rows = await FloorRow.AfterAsync(connection, into.Last, AtOnce, cancellationToken);
            count = rows.Count;
            if (count > 0)
            {
                Append(into, rows);
                feed.WakeAll();
                meter.Read(count);
                await Task.Delay(PerListener * feed.Listening, TimeProvider.System, cancellationToken);
            }
        }
        while (count == AtOnce);
    }

    private static void Append(FloorRing ring, IReadOnlyList<FloorRow> rows)
    {
        foreach (var row in rows)
        {
            ring.Append(FloorNews.Tell(row));
        }
    }
}

internal static partial class FloorReaderLog
{
    [LoggerMessage(LogLevel.Warning, "The floor cannot be read for the moment: {Reason}")]
    public static partial void FloorIsNotRead(this ILogger logger, string reason);
}
