using Portico.Platform.Data;

namespace Portico.Platform.Schedules;

/// <summary>What became of a job, over all instances.</summary>
/// <param name="Plan">When it runs, in words; null once no instance plans it any more.</param>
/// <param name="NextAt">When it runs next.</param>
/// <param name="Running">Whether it runs at this moment.</param>
/// <param name="Failure">Why the last run failed; null when it succeeded.</param>
public sealed record JobStatus(
    string Job,
    string? Plan,
    DateTimeOffset? NextAt,
    bool Running,
    DateTimeOffset? StartedAt,
    DateTimeOffset? SucceededAt,
    DateTimeOffset? FailedAt,
    string? Failure,
    long Runs,
    long Failures);

/// <summary>Tells when a module's jobs ran and will run.</summary>
public sealed class ScheduleStatus<TModule>(Database<TModule> database)
{
    /// <summary>Every job the module's database knows, by name.</summary>
    public Task<IReadOnlyList<JobStatus>> ReadAsync(CancellationToken cancellationToken) => database.QueryAsync<JobStatus>(
        $"""
        select coalesce(run.job, plan.trigger_name) as job, plan.description as plan,
               -- Quartz counts ticks of 100 ns since the year 1.
               to_timestamp((nullif(plan.next_fire_time, 0) - 621355968000000000) / 1e7) as next_at,
               exists (
                   select from qrtz_fired_triggers as now
                   where now.job_name = coalesce(run.job, plan.trigger_name) and now.state = 'EXECUTING') as running,
               run.started_at, run.succeeded_at, run.failed_at, run.failure,
               coalesce(run.runs, 0) as runs, coalesce(run.failures, 0) as failures
        from schedule_runs as run
        full join (select * from qrtz_triggers where trigger_group = '{Timetable.Group}') as plan on plan.trigger_name = run.job
        order by 1
        """, null, cancellationToken);
}
