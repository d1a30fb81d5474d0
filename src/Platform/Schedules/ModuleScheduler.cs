using System.Data.Common;
using Dapper;
using Portico.Platform.Data;
using Quartz;

namespace Portico.Platform.Schedules;

/// <summary>
/// One module's clock: a Quartz scheduler over the module's own database, clustered, so that a job runs once whichever
/// instance is up and what was missed while none was up runs at once, and once.
/// </summary>
/// <remarks>It starts behind the application, and goes on trying while the database is away: nobody waits for it.</remarks>
internal sealed class ModuleScheduler<TModule> : BackgroundService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(10);

    private readonly ModuleDataSource<TModule> database;
    private readonly ScheduledRuns<TModule> runs;
    private readonly ScheduleMeter meter;
    private readonly IHostApplicationLifetime application;
    private readonly ILoggerFactory loggers;
    private readonly ILogger logger;
    private readonly IReadOnlyList<Schedule> schedules;

    public ModuleScheduler(
        ModuleDataSource<TModule> database,
        ScheduledRuns<TModule> runs,
        ScheduleOptions options,
        ScheduleMeter meter,
        IHostApplicationLifetime application,
        ILoggerFactory loggers)
    {
        (this.database, this.runs, this.meter, this.application, this.loggers) = (database, runs, meter, application, loggers);
        logger = loggers.CreateLogger<ModuleScheduler<TModule>>();
        // Read here and not later: a wrong one stops the start.
        schedules = options.Enabled ? [.. runs.All.Select(options.Apply)] : [];
    }

    /// <summary>The scheduler, while this process runs jobs.</summary>
    public IScheduler? Running { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (schedules.Count == 0)
        {
            return;
        }

        await StartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunUntilStoppedAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is SchedulerException or DbException or TimeoutException)
            {
                logger.SchedulerDidNotStart(database.Module, e.Message);
                await Task.Delay(TryAgain, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStart = application.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunUntilStoppedAsync(CancellationToken stoppingToken)
    {
        var factory = ClusteredQuartz.Create(database.Module, database.Source, runs, loggers);
        IScheduler? scheduler = null;
        try
        {
            scheduler = await factory.GetScheduler(stoppingToken);
            await Timetable.WriteAsync(scheduler, schedules, stoppingToken);
            await scheduler.Start(stoppingToken);
            Running = scheduler;
            logger.SchedulerRuns(database.Module, schedules.Count);
            while (true)
            {
                await SampleAsync(stoppingToken);
                // Gauges show what the table says, and other processes write it too.
                await Task.Delay(SampleEvery, TimeProvider.System, stoppingToken);
            }
        }
        finally
        {
            Running = null;
            await LeaveAsync(factory, scheduler);
        }
    }

    /// <summary>Quartz gives back what it took, and while the database is away it would try that for ever.</summary>
    private async Task LeaveAsync(StandaloneSchedulerFactory factory, IScheduler? scheduler)
    {
        try
        {
            await LeavingAsync().WaitAsync(LeaveWithin);
        }
        catch (TimeoutException)
        {
            logger.SchedulerLeft(database.Module);
        }

        async Task LeavingAsync()
        {
            if (scheduler is not null)
            {
                await scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
            }

            await factory.DisposeAsync();
        }
    }

    private async Task SampleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            var rows = await connection.QueryAsync<(string Job, DateTimeOffset At)>(new(
                "select job, succeeded_at from schedule_runs where succeeded_at is not null", cancellationToken: cancellationToken));
            foreach (var (job, at) in rows)
            {
                meter.Succeeded(database.Module, job, at);
            }
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            // The last sample grows old by itself, and readiness says that the database is away.
        }
    }
}

internal static partial class ModuleSchedulerLog
{
    [LoggerMessage(LogLevel.Information, "The schedules of {Module} run: {Count} jobs")]
    public static partial void SchedulerRuns(this ILogger logger, string module, int count);

    [LoggerMessage(LogLevel.Warning, "The schedules of {Module} did not end in time: other processes take over what they had begun")]
    public static partial void SchedulerLeft(this ILogger logger, string module);

    [LoggerMessage(LogLevel.Warning, "The schedules of {Module} cannot start yet: {Reason}")]
    public static partial void SchedulerDidNotStart(this ILogger logger, string module, string reason);
}
