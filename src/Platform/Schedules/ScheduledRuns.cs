using System.Data.Common;
using Dapper;
using Portico.Platform.Data;

namespace Portico.Platform.Schedules;

/// <summary>Runs one module's jobs and keeps what came of it.</summary>
internal sealed class ScheduledRuns<TModule>(
    ModuleDataSource<TModule> database,
    IEnumerable<Schedule> schedules,
    IServiceScopeFactory scopes,
    ScheduleMeter meter,
    TimeProvider time,
    ILogger<ScheduledRuns<TModule>> logger) : IScheduledRuns
{
    private readonly Dictionary<string, Schedule> byName =
        schedules.Where(schedule => schedule.Module == typeof(TModule)).ToDictionary(schedule => schedule.Name);

    public IReadOnlyCollection<Schedule> All => byName.Values;

    public async Task RunAsync(string name, CancellationToken cancellationToken)
    {
        if (!byName.TryGetValue(name, out var schedule))
        {
            // An instance of another version of Portico planned it and will run it.
            return;
        }

        var startedAt = time.GetUtcNow();
        var failure = await TryAsync(schedule, cancellationToken);
        if (failure is OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            return;
        }

        meter.Ran(database.Module, name, failure is null, time.GetUtcNow());
        if (failure is not null)
        {
            logger.JobFailed(database.Module, name, failure);
        }

        try
        {
            await KeepAsync(name, startedAt, failure);
        }
        catch (DbException e)
        {
            logger.RunIsNotKept(database.Module, name, e.Message);
        }
    }

    private async Task<Exception?> TryAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await ((IScheduledJob)scope.ServiceProvider.GetRequiredService(schedule.Job)).RunAsync(cancellationToken);
            return null;
        }
#pragma warning disable CA1031 // Whatever a job throws must not end the others.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    private async Task KeepAsync(string name, DateTimeOffset startedAt, Exception? failure)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into schedule_runs as run (job, started_at, succeeded_at, failed_at, failure, runs, failures)
            values (@name, @startedAt, case when @reason is null then @now end, case when @reason is not null then @now end, @reason, 1,
                    case when @reason is null then 0 else 1 end)
            on conflict (job) do update set
                started_at = excluded.started_at,
                succeeded_at = coalesce(excluded.succeeded_at, run.succeeded_at),
                failed_at = coalesce(excluded.failed_at, run.failed_at),
                failure = excluded.failure,
                runs = run.runs + 1,
                failures = run.failures + excluded.failures
            """,
            new { name, startedAt, now = time.GetUtcNow(), reason = failure is null ? null : $"{failure.GetType().Name}: {failure.Message}" });
    }
}

internal static partial class ScheduledRunsLog
{
    [LoggerMessage(LogLevel.Error, "{Module}'s job {Job} failed; it runs again when it is due")]
    public static partial void JobFailed(this ILogger logger, string module, string job, Exception failure);

    [LoggerMessage(LogLevel.Warning, "What came of {Module}'s job {Job} could not be kept: {Reason}")]
    public static partial void RunIsNotKept(this ILogger logger, string module, string job, string reason);
}
