using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Bookings;

/// <summary>A word to go with the approval, for the trace.</summary>
public sealed record ApproveBookingRequest([property: StringLength(500)] string? Reason = null);

internal static class ApproveBooking
{
    public static async Task<Results<Ok<BookingResponse>, ProblemHttpResult>> Handle(
        Guid id,
        ApproveBookingRequest? request,
        Database<BookingsModule> database,
        IOptions<BookingsOptions> options,
        CurrentUser user,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockAsStaffAsync(id, user, cancellationToken) is not { } booking)
        {
            return BookingProblems.NotFound();
        }

        if (await change.RefuseLapsedAsync(booking, now, cancellationToken) is { } lapsed)
        {
            return lapsed;
        }

        var step = new BookingStep(BookingAct.Approve, user.Id, string.IsNullOrWhiteSpace(request?.Reason) ? null : request.Reason.Trim(), now);
        if (await change.StepAsync(booking, step, Deadlines.After(booking, step, options.Value), cancellationToken) is not { } after)
        {
            return BookingProblems.WrongState(booking, "The booking does not wait for approval.");
        }

        change.Announce(after, "zero_price", now);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(BookingResponse.Of(after, now));
    }
}
