using Microsoft.Extensions.Options;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Series;

internal static class ConfirmSeries
{
    public static async Task<Results<Ok<SeriesResponse>, ProblemHttpResult>> Handle(
        Guid id,
        ConfirmBookingRequest? request,
        Database<BookingsModule> database,
        IOptions<BookingsOptions> options,
        CurrentUser user,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await SeriesRow.FindAsync(database, id, user, cancellationToken) is not { } series)
        {
            return SeriesRow.NotFound();
        }

        var reason = request?.Reason?.Trim();
        var byHand = reason is { Length: > 0 } && await database.RunsAsync(user, series.LocationId, cancellationToken);
        if (!byHand && series.MemberId != user.Id)
        {
            return Problems.Unprocessable("reason-needed", "Whoever confirms somebody else's bookings says why.");
        }

        var now = time.GetStoredNow();
        var step = new BookingStep(byHand ? BookingAct.StaffConfirm : BookingAct.Confirm, user.Id, byHand ? reason : null, now);
        await using var change = await database.BeginAsync(cancellationToken);
        var confirmed = 0;
        foreach (var booking in await SeriesBookings.LockLiveAsync(change, id, null, now, cancellationToken))
        {
            if (booking.HasLapsed(now))
            {
                await change.ExpireAsync(booking, now, cancellationToken);
            }
            else if (await change.StepAsync(booking, step, Deadlines.After(booking, step, options.Value), cancellationToken) is { } after)
            {
                confirmed++;
                change.Announce(after, byHand ? "staff" : "zero_price", now);
            }
        }

        var rows = await SeriesBookings.AllAsync(change, id, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return confirmed > 0
            ? TypedResults.Ok(series.With(rows, now))
            : Problems.Conflict("booking-state", "Nothing of the series is held any more.");
    }
}
