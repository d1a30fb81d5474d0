using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Schedules;

namespace Portico.Members.Features.Events;

/// <summary>Closes every event whose check-in is over.</summary>
internal sealed class CloseEndedEvents(Database<MembersModule> database, TimeProvider time, ILogger<CloseEndedEvents> logger) : IScheduledJob
{
    private const string IsDue = "check_in_closes_at <= @now and closed_at is null and cancelled_at is null";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = await database.QueryAsync<Guid>($"select id from events where {IsDue} order by check_in_closes_at", new { now }, cancellationToken);
        foreach (var id in due)
        {
            await CloseAsync(id, now, cancellationToken);
        }
    }

    // A transaction each: a large roster keeps nobody else's event waiting.
    private async Task CloseAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        await change.TakeEventAsync(id, cancellationToken);
        // Asked again under the lock: another process may have closed it, or staff prolonged it, a moment ago.
        if (await change.FindAsync<Guid?>($"select id from events where id = @id and {IsDue}", new { id, now }, cancellationToken) is null)
        {
            return;
        }

        var (_, absent) = await change.CloseAsync(id, null, now, cancellationToken);
        await change.CommitAsync(cancellationToken);
        logger.EventClosed(id, absent);
    }
}

internal static partial class ClosingLog
{
    [LoggerMessage(LogLevel.Information, "Event {Id} is over; {Absent} of its roster did not come")]
    public static partial void EventClosed(this ILogger logger, Guid id, int absent);
}
