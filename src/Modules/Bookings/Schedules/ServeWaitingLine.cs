using Portico.Bookings.Features.Waiting;
using Portico.Platform.Data;
using Portico.Platform.Schedules;
using Portico.Platform.Time;

namespace Portico.Bookings.Schedules;

/// <summary>Serves everybody who waits, should a message have been missed, and ends the waiting for what has begun.</summary>
internal sealed class ServeWaitingLine(Database<BookingsModule> database, WaitingLine line, TimeProvider time) : IScheduledJob
{
    public const string Name = "serve-waiting-line";

    public const string Due = "status = 'waiting'";

    public Task RunAsync(CancellationToken cancellationToken) => DoAsync(cancellationToken);

    /// <summary>Answers how many had their turn.</summary>
    public async Task<int> DoAsync(CancellationToken cancellationToken)
    {
        await using (var change = await database.BeginAsync(cancellationToken))
        {
            await change.ExecuteAsync(
                "update waiting_entries set status = 'over' where status = 'waiting' and starts_at <= @now", new { now = time.GetStoredNow() }, cancellationToken);
            await change.CommitAsync(cancellationToken);
        }

        var served = 0;
        foreach (var wanted in await database.QueryAsync<Wanted>(
            $"""
            select location_id, space_id, min(starts_at) as starts_at, max(ends_at) as ends_at
            from waiting_entries where {Due} group by location_id, space_id
            """, null, cancellationToken))
        {
            served += await line.ServeAsync(wanted.LocationId, wanted.SpaceId, wanted.StartsAt, wanted.EndsAt, cancellationToken);
        }

        return served;
    }

    private sealed record Wanted(Guid LocationId, Guid SpaceId, DateTimeOffset StartsAt, DateTimeOffset EndsAt);
}
