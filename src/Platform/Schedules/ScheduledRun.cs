using Quartz;

namespace Portico.Platform.Schedules;

/// <summary>
/// What Quartz knows of every job: that it is one of ours. The name says which; so renaming a class never leaves a stored
/// job behind that cannot be loaded.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class ScheduledRun(IScheduledRuns runs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await runs.RunAsync(context.JobDetail.Key.Name, cancellationToken);
}

/// <summary>Runs a job by its name. Never throws: a job that fails is tried again when it is due again.</summary>
internal interface IScheduledRuns
{
    Task RunAsync(string name, CancellationToken cancellationToken);
}
