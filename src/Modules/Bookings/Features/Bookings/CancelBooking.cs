using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.States;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Bookings;

/// <summary>Why. Staff who call off somebody else's booking have to say it, and its owner gets everything back.</summary>
public sealed record CancelBookingRequest([property: StringLength(500)] string? Reason = null);

/// <summary>What calling off a booking means for its price.</summary>
/// <param name="AmountBack">What is given back of what was paid.</param>
public sealed record CancellationResponse(
    decimal PercentKept, decimal AmountKept, decimal AmountBack, string Currency, decimal CreditHoursBack, CancellationPolicy Policy);

internal static class CancelBooking
{
    /// <summary>What it would mean now.</summary>
    public static async Task<Results<Ok<CancellationResponse>, ProblemHttpResult>> HandlePreview(
        Guid id, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await database.FindBookingAsync(id, user, cancellationToken) is not { } booking)
        {
            return BookingProblems.NotFound();
        }

        var now = time.GetStoredNow();
        if (booking.HasLapsed(now))
        {
            return BookingProblems.Lapsed(booking);
        }

        if (BookingStates.Next(booking.State, BookingAct.Cancel, booking.Terms) is null)
        {
            return BookingProblems.WrongState(booking, "The booking has begun, or is over.");
        }

        var meaning = Cancelling.MeaningOf(booking, now, byStaff: booking.MemberId != user.Id);
        return TypedResults.Ok(new CancellationResponse(
            meaning.PercentKept, meaning.AmountKept, Math.Max(0, booking.Paid - meaning.AmountKept), meaning.Currency, meaning.CreditHoursBack,
            StoredJson.Read<CancellationPolicy>(booking.Cancellation)));
    }

    public static async Task<Results<Ok<BookingResponse>, ProblemHttpResult>> Handle(
        Guid id, CancelBookingRequest? request, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockBookingAsync(id, user, cancellationToken) is not { } booking)
        {
            return BookingProblems.NotFound();
        }

        var reason = string.IsNullOrWhiteSpace(request?.Reason) ? null : request.Reason.Trim();
        var byStaff = booking.MemberId != user.Id;
        if (byStaff && reason is null)
        {
            return Problems.Unprocessable("reason-needed", "Whoever calls off somebody else's booking says why.");
        }

        if (await change.RefuseLapsedAsync(booking, now, cancellationToken) is { } lapsed)
        {
            return lapsed;
        }

        var step = new BookingStep(BookingAct.Cancel, user.Id, reason, now);
        if (await change.CancelAsync(booking, step, byStaff, cancellationToken) is not { } cancelled)
        {
            return BookingProblems.WrongState(booking, "The booking has begun, or is over.");
        }

        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(BookingResponse.Of(cancelled, now));
    }

    /// <summary>Staff do not agree to a booking that waits for them.</summary>
    public static async Task<Results<Ok<BookingResponse>, ProblemHttpResult>> HandleReject(
        Guid id, RejectBookingRequest request, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
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

        if (await change.CancelAsync(booking, new(BookingAct.Reject, user.Id, request.Reason.Trim(), now), true, cancellationToken) is not { } rejected)
        {
            return BookingProblems.WrongState(booking, "The booking does not wait for approval.");
        }

        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(BookingResponse.Of(rejected, now));
    }
}

/// <summary>Why. Its owner is told.</summary>
public sealed record RejectBookingRequest(
    [property: Required, StringLength(500), RegularExpression(@"(?s).*\S.*", ErrorMessage = "A reason is needed.")] string Reason);
