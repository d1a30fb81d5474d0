using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Bookings;

/// <summary>What staff give as the reason when they confirm it themselves, paid or not; members leave it out.</summary>
public sealed record ConfirmBookingRequest([property: StringLength(500)] string? Reason = null);

internal static class ConfirmBooking
{
    public static async Task<Results<Ok<BookingResponse>, ProblemHttpResult>> Handle(
        Guid id,
        ConfirmBookingRequest? request,
        Database<BookingsModule> database,
        IOptions<BookingsOptions> options,
        CurrentUser user,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockBookingAsync(id, user, cancellationToken) is not { } booking)
        {
            return BookingProblems.NotFound();
        }

        if (await change.RefuseLapsedAsync(booking, now, cancellationToken) is { } lapsed)
        {
            return lapsed;
        }

        var reason = request?.Reason?.Trim();
        var byHand = reason is { Length: > 0 } && await database.RunsAsync(user, booking.LocationId, cancellationToken);
        if (!byHand && booking.MemberId != user.Id)
        {
            return Problems.Unprocessable("reason-needed", "Whoever confirms somebody else's booking says why.");
        }

        var step = new BookingStep(byHand ? BookingAct.StaffConfirm : BookingAct.Confirm, user.Id, byHand ? reason : null, now);
        if (await change.StepAsync(booking, step, Deadlines.After(booking, step, options.Value), cancellationToken) is not { } after)
        {
            return BookingProblems.WrongState(booking, "Only a booking that is held can be confirmed; staff may also confirm what waits for approval or payment.");
        }

        change.Announce(after, byHand ? "staff" : "zero_price", now);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(BookingResponse.Of(after, now));
    }
}
