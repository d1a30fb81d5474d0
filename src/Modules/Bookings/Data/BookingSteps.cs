using Portico.Bookings.Domain;
using Portico.Bookings.Domain.States;
using Portico.Platform.Data;

namespace Portico.Bookings.Data;

/// <summary>Something done to a booking: what, by whom (null: the clock, or a message) and why.</summary>
internal sealed record BookingStep(BookingAct Act, Guid? By, string? Reason, DateTimeOffset At);

/// <summary>Takes a booking from one status to the next and leaves a trace of it, always both.</summary>
internal static class BookingSteps
{
    /// <summary>The booking, locked until the change ends: nothing else happens to it meanwhile.</summary>
    /// <param name="where">Which one, in terms of <see cref="BookingRow.Tables"/>.</param>
    public static Task<BookingRow?> LockBookingAsync(this Change change, string where, object parameters, CancellationToken cancellationToken) =>
        change.FindAsync<BookingRow>(
            $"select {BookingRow.Columns} from {BookingRow.Tables} where {where} for no key update of bookings", parameters, cancellationToken);

    /// <summary>
    /// Does what <see cref="BookingStates"/> allows; null when it cannot be done as the booking stands, and then nothing was written.
    /// </summary>
    /// <param name="expiresAt">When the new status lapses by itself, for those that do.</param>
    public static async Task<BookingRow?> StepAsync(
        this Change change, BookingRow booking, BookingStep step, DateTimeOffset? expiresAt, CancellationToken cancellationToken)
    {
        if (BookingStates.Next(booking.State, step.Act, booking.Terms) is not { } next)
        {
            return null;
        }

        var after = booking with
        {
            Status = next.Word(),
            ExpiresAt = next.Lapses() ? expiresAt : null,
            Extended = booking.Extended || step.Act is BookingAct.Extend,
            Version = booking.Version + 1,
            CheckedInAt = next is BookingStatus.CheckedIn ? step.At : booking.CheckedInAt,
            EndedAt = next is BookingStatus.Completed or BookingStatus.NoShow ? step.At : booking.EndedAt,
        };
        await change.ExecuteAsync(
            $"""
            update bookings
            set status = @Status, expires_at = @ExpiresAt, extended = @Extended, version = @Version, paid = @Paid, kept = @Kept,
                visit_id = @VisitId, checked_in_at = @CheckedInAt, ended_at = @EndedAt
            where id = @Id;
            {FloorChange.Insert}
            """, FloorChange.Of(booking, after, step), cancellationToken);
        return after;
    }
}
