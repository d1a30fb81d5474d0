using Portico.Bookings.Schedules;
using Portico.Platform.Data;
using Portico.Platform.Schedules;

namespace Portico.Bookings.Features.Expiries;

/// <summary>A job that ends what is over.</summary>
/// <param name="Due">How many bookings, or people in line, it has something to do with now.</param>
/// <param name="Status">Null until it has been planned.</param>
public sealed record ExpiryJobResponse(string Job, long Due, JobStatus? Status);

internal static class ShowExpiryStatus
{
    public static async Task<Ok<IReadOnlyList<ExpiryJobResponse>>> Handle(
        Database<BookingsModule> database, ScheduleStatus<BookingsModule> schedules, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = new { now = time.GetUtcNow() };
        var status = (await schedules.ReadAsync(cancellationToken)).ToDictionary(job => job.Job);
        ExpiryJobResponse Of(string job, long due) => new(job, due, status.GetValueOrDefault(job));
        return TypedResults.Ok<IReadOnlyList<ExpiryJobResponse>>(
        [
            Of(ExpireLapsed.Name, await database.CountDueAsync(ExpireLapsed.Due, now, cancellationToken)),
            Of(ReleaseNoShows.Name, await database.CountDueAsync(ReleaseNoShows.Due, now, cancellationToken)),
            Of(CompleteEnded.Name, await database.CountDueAsync(CompleteEnded.Due, now, cancellationToken)),
            Of(ServeWaitingLine.Name, await database.FindAsync<long>($"select count(*) from waiting_entries where {ServeWaitingLine.Due}", null, cancellationToken)),
        ]);
    }
}
