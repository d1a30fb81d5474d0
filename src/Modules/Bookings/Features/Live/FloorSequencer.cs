using System.Data.Common;
using Dapper;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Bookings.Features.Live;

/// <summary>
/// Numbers the changes of the floor that are committed, one process at a time, and says so to the readers of all. A change that
/// commits later gets a higher number than any that somebody has seen: whoever has heard up to one misses none by asking for
/// what comes after it. Identity columns are given before the commit and cannot promise that.
/// </summary>
internal sealed class FloorSequencer(ModuleDataSource<BookingsModule> database, ILogger<FloorSequencer> logger) : BackgroundService
{
    public const string Channel = "portico_floor";

    private const int AtOnce = 1000;

    // For what a process left that died after its commit.
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(1);

    // The first change goes at once; where they come in streams, a transaction for each would slow those who make them.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var commits = new Bell();
        database.Committed += commits.Ring;
        try
        {
            await NumberUntilStoppedAsync(commits, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            database.Committed -= commits.Ring;
        }
    }

    private async Task NumberUntilStoppedAsync(Bell commits, CancellationToken stoppingToken)
    {
        var failing = false;
        while (true)
        {
            await commits.WaitAsync(LookAnyway, TimeProvider.System, stoppingToken);
            try
            {
                while (await NumberAsync(stoppingToken) == AtOnce)
                {
                }

                failing = false;
            }
            catch (Exception e) when (e is DbException or IOException or InvalidOperationException or TimeoutException)
            {
                if (!failing)
                {
                    logger.ChangesAreNotNumbered(e.Message);
                }

                failing = true;
            }

            await Task.Delay(Gather, TimeProvider.System, stoppingToken);
        }
    }

    // One message to the server, and therefore one transaction that ends whatever becomes of this process: others wait for the lock.
    // Notifying transactions queue for their commits, so none that books anything may be one.
    private async Task<int> NumberAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var answers = await connection.QueryMultipleAsync(new(
            $"""
            select pg_advisory_xact_lock(hashtextextended('{Channel}', 0))::text;
            with due as (
                select id, row_number() over (order by id) as nth
                from (select id from floor_changes where seq is null order by id limit {AtOnce}) as oldest),
            numbered as (
                update floor_changes set seq = due.nth + (select coalesce(max(seq), 0) from floor_changes)
                from due where floor_changes.id = due.id
                returning floor_changes.seq)
            select count(*)::int, pg_notify('{Channel}', '')::text from numbered having count(*) > 0
            """, cancellationToken: cancellationToken));
        await answers.ReadAsync<string>();
        return await answers.ReadSingleOrDefaultAsync<int>();
    }
}

internal static partial class FloorSequencerLog
{
    [LoggerMessage(LogLevel.Warning, "Changes of the floor are not told for the moment: {Reason}")]
    public static partial void ChangesAreNotNumbered(this ILogger logger, string reason);
}
