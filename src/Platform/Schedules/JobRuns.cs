using Portico.Platform.Data;
using Quartz;

namespace Portico.Platform.Schedules;

/// <summary>What became of the wish to have a job run now.</summary>
internal enum RunAsked
{
    Unknown,

    /// <summary>It runs at this moment.</summary>
    Running,

    /// <summary>It runs as soon as a process is free to.</summary>
    Planned,

    /// <summary>The same, and no process that runs jobs is up: it runs once one is.</summary>
    NobodyUp,
}

/// <summary>
/// Has a module's job run now, by the module's own clock: whichever process runs it, it runs once, and never beside itself.
/// Who asks while an earlier wish still waits gets the same run.
/// </summary>
internal sealed class JobRuns<TModule>(
    ModuleDataSource<TModule> database, ScheduledRuns<TModule> runs, ModuleScheduler<TModule> clock, ILoggerFactory loggers)
{
    public async Task<RunAsked> AskAsync(string job, CancellationToken cancellationToken)
    {
        if (runs.All.FirstOrDefault(schedule => schedule.Name == job) is not { } schedule)
        {
            return RunAsked.Unknown;
        }

        if (clock.Running is { } running)
        {
            return await AskAsync(running, schedule, isUp: true, cancellationToken);
        }

        // Where this process runs no jobs its wish is written down for one that does.
        await using var factory = ClusteredQuartz.Create(database.Module, database.Source, runs, loggers);
        var writing = await factory.GetScheduler(cancellationToken);
        try
        {
            return await AskAsync(writing, schedule, await IsSomebodyUpAsync(writing, cancellationToken), cancellationToken);
        }
        finally
        {
            await writing.Shutdown(waitForJobsToComplete: false, CancellationToken.None);
        }
    }

    private static async Task<RunAsked> AskAsync(IScheduler scheduler, Schedule schedule, bool isUp, CancellationToken cancellationToken)
    {
        var job = Timetable.KeyOf(schedule);
        var now = await scheduler.QueryFireInstances(new() { Job = job }, cancellationToken);
        if (now.Items.Count > 0)
        {
            return RunAsked.Running;
        }

        await Timetable.RunOnceAsync(scheduler, schedule, cancellationToken);
        return isUp ? RunAsked.Planned : RunAsked.NobodyUp;
    }

    private static async Task<bool> IsSomebodyUpAsync(IScheduler scheduler, CancellationToken cancellationToken) =>
        (await scheduler.QueryClusterNodes(cancellationToken)).Any(node => !node.IsCurrentNode && node.State is not ClusterNodeState.Failed);
}
