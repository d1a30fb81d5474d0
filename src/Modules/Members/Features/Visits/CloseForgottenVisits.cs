using Portico.Members.Data;
using Portico.Members.Domain.Visits;
using Portico.Platform.Data;
using Portico.Platform.Schedules;

namespace Portico.Members.Features.Visits;

/// <summary>Ends what nobody ended, at the closing time it should have ended at the latest.</summary>
internal sealed class CloseForgottenVisits(Database<MembersModule> database, TimeProvider time, ILogger<CloseForgottenVisits> logger) : IScheduledJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var forgotten = (await database.QueryAsync<Open>(
            """
            select visit.id, visit.member_id, visit.started_at, place.time_zone, place.closes_at
            from visits as visit
            join locations as place on place.id = visit.location_id
            where visit.ended_at is null
            """, null, cancellationToken)).Where(visit => visit.EndsAt <= now).ToList();
        foreach (var visit in forgotten)
        {
            await CloseAsync(visit, now, cancellationToken);
        }

        if (forgotten.Count > 0)
        {
            logger.ForgottenVisitsClosed(forgotten.Count);
        }
    }

    private async Task CloseAsync(Open open, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        await change.LockVisitorAsync(open.MemberId, cancellationToken);
        // Looked at again: the member may have scanned, or the closing time been changed, since.
        var visit = await change.FindVisitAsync(open.Id, cancellationToken);
        if (visit.EndedAt is null && visit.ClosesAt <= now)
        {
            await change.EndAsync(open.MemberId, visit, visit.ClosesAt, VisitEnd.ClosingTime, null, cancellationToken);
            await change.CommitAsync(cancellationToken);
        }
    }

    private sealed record Open(Guid Id, Guid MemberId, DateTimeOffset StartedAt, string TimeZone, TimeOnly ClosesAt)
    {
        public DateTimeOffset EndsAt => ClosingTime.After(StartedAt, TimeZone, ClosesAt);
    }
}

internal static partial class CloseForgottenVisitsLog
{
    [LoggerMessage(LogLevel.Information, "{Count} forgotten visits were closed at closing time")]
    public static partial void ForgottenVisitsClosed(this ILogger logger, int count);
}
