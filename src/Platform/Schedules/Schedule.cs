namespace Portico.Platform.Schedules;

/// <summary>A job and when it runs: either at start and then <paramref name="Every"/> so often, or <paramref name="DailyAt"/> that time, in UTC.</summary>
/// <param name="Module">Whose database says when it ran last.</param>
/// <param name="Job">An <see cref="IScheduledJob"/>.</param>
/// <param name="Name">kebab-case, and the same for ever: the database knows the job by it.</param>
public sealed record Schedule(Type Module, Type Job, string Name, TimeSpan? Every, TimeOnly? DailyAt)
{
    /// <summary>When it runs, in words. Stored beside the trigger, so that a changed schedule is noticed.</summary>
    public string Plan => Every is { } every ? $"every {every:c}" : $"daily at {DailyAt:HH':'mm} UTC";
}
