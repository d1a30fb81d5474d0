using Portico.Bookings.Data;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.States;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Bookings;

/// <summary>Calls bookings off, with what that means for money, credits and the slot.</summary>
internal static class Cancelling
{
    /// <summary>By the policy of the time of booking. What was never confirmed costs nothing, and what staff call off neither.</summary>
    public static Cancellation MeaningOf(BookingRow booking, DateTimeOffset now, bool byStaff) =>
        StoredJson.Read<CancellationPolicy>(booking.Cancellation).At(
            now, booking.StartsAt, StoredJson.Read<Quote>(booking.Quote), byStaff || booking.State is not BookingStatus.Confirmed);

    /// <summary>Null when the booking cannot be called off as it stands; then nothing was written.</summary>
    public static async Task<BookingRow?> CancelAsync(
        this Change change, BookingRow booking, BookingStep step, bool byStaff, CancellationToken cancellationToken)
    {
        var meaning = MeaningOf(booking, step.At, byStaff);
        if (await change.StepAsync(booking with { Kept = meaning.AmountKept }, step, null, cancellationToken) is not { } cancelled)
        {
            return null;
        }

        await Credits.GiveBackAsync(change, cancelled.Id, meaning.CreditHoursBack, step.By, step.At, cancellationToken);
        var by = step.By is null ? "system" : byStaff ? "staff" : "member";
        change.Publish(new BookingCancelled(
            cancelled.Fact(), meaning.AmountKept, Math.Max(0, booking.Paid - meaning.AmountKept), by, step.Reason, step.At));
        return cancelled;
    }
}
