namespace Portico.Platform.Schedules;

/// <summary>Work that a module does by the clock. It runs once whichever instance is up, so it may not run for ever.</summary>
public interface IScheduledJob
{
    /// <summary>Does what is due. Running it twice, or late, has the same effect as running it once in time.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
