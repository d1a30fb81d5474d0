using Microsoft.AspNetCore.Http.HttpResults;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Platform.Schedules;

/// <summary>A job will run.</summary>
/// <param name="Waits">No process that runs the module's jobs is up: it runs once one is.</param>
/// <param name="StatusAt">Where to see what came of it.</param>
public sealed record JobRunResponse(string Job, bool Waits, string StatusAt);

/// <summary>What administrators see of a module's jobs, and make them do.</summary>
public static class JobRoutes
{
    /// <summary>Adds <c>/admin/jobs</c> to the group of a module that has schedules.</summary>
    public static void MapJobs<TModule>(this RouteGroupBuilder module)
    {
        var name = typeof(TModule).Name.Replace("Module", "", StringComparison.Ordinal);
        var jobs = module.MapGroup("/admin/jobs").RequireAuthorization(Policies.Admin).ProducesProblem(StatusCodes.Status403Forbidden);
        jobs.MapGet("", ListAsync<TModule>).WithName($"List{name}Jobs").WithSummary("When each job ran and will run");
        jobs.MapPost("/{job}/run", RunAsync<TModule>).WithName($"Run{name}Job").WithSummary("Run a job now");
    }

    private static async Task<Ok<IReadOnlyList<JobStatus>>> ListAsync<TModule>(ScheduleStatus<TModule> status, CancellationToken cancellationToken) =>
        TypedResults.Ok(await status.ReadAsync(cancellationToken));

    private static async Task<Results<Accepted<JobRunResponse>, ProblemHttpResult>> RunAsync<TModule>(
        string job, JobRuns<TModule> runs, ModuleDataSource<TModule> database, CancellationToken cancellationToken)
    {
        var list = $"/api/{database.Module}/admin/jobs";
        return await runs.AskAsync(job, cancellationToken) switch
        {
            RunAsked.Unknown => Problems.NotFound("job-unknown", "The module has no such job."),
            RunAsked.Running => Problems.Conflict("job-running", "It runs at this moment."),
            var asked => TypedResults.Accepted(list, new JobRunResponse(job, asked is RunAsked.NobodyUp, list)),
        };
    }
}
