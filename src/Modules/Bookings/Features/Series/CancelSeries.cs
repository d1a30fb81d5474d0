using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Series;

/// <summary>From which day on; all that is left of it when left out. A single one is cancelled as the booking it is.</summary>
/// <param name="Until">The last day, for a gap in the middle.</param>
/// <param name="Reason">Why. Staff have to say it.</param>
public sealed record CancelSeriesRequest(
    DateOnly? From = null, DateOnly? Until = null, [property: StringLength(500)] string? Reason = null);

internal static class CancelSeries
{
    public static async Task<Results<Ok<SeriesResponse>, ProblemHttpResult>> Handle(
        Guid id, CancelSeriesRequest? request, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await SeriesRow.FindAsync(database, id, user, cancellationToken) is not { } series)
        {
            return SeriesRow.NotFound();
        }

        var byStaff = series.MemberId != user.Id;
        var reason = string.IsNullOrWhiteSpace(request?.Reason) ? null : request.Reason.Trim();
        if (byStaff && reason is null)
        {
            return Problems.Unprocessable("reason-needed", "Whoever calls off somebody else's bookings says why.");
        }

        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        foreach (var booking in await SeriesBookings.LockLiveAsync(change, id, request?.From, now, cancellationToken))
        {
            if (booking.HasLapsed(now))
            {
                await change.ExpireAsync(booking, now, cancellationToken);
            }
            else if (request?.Until is null || booking.Occurrence <= request.Until)
            {
                // What has begun takes place: it is the only one that cannot be called off.
                await change.CancelAsync(booking, new(BookingAct.Cancel, user.Id, reason, now), byStaff, cancellationToken);
            }
        }

        var rows = await SeriesBookings.AllAsync(change, id, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(series.With(rows, now));
    }
}
