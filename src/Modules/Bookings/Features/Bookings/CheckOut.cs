using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Bookings;

internal static class CheckOut
{
    public static async Task<Results<Ok<BookingResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockBookingAsync(id, user, cancellationToken) is not { } booking)
        {
            return BookingProblems.NotFound();
        }

        if (booking.State is not BookingStatus.CheckedIn || await change.CompleteAsync(booking, user.Id, now, cancellationToken) is not { } over)
        {
            return BookingProblems.WrongState(booking, "Nobody has checked in to it.");
        }

        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(BookingResponse.Of(over, now));
    }

    /// <summary>Ends a booking; what is left of its time is free for others. Null when it cannot be ended as it stands.</summary>
    public static async Task<BookingRow?> CompleteAsync(
        this Change change, BookingRow booking, Guid? by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await change.StepAsync(booking, new(BookingAct.Complete, by, null, at), null, cancellationToken) is not { } over)
        {
            return null;
        }

        // Clearing up takes its time after an early end too.
        await change.ExecuteAsync(
            """
            delete from claims where booking_id = @Id and @at + (upper(during) - @EndsAt) <= lower(during);
            update claims set during = tstzrange(lower(during), @at + (upper(during) - @EndsAt)) where booking_id = @Id and @at < @EndsAt;
            delete from amenity_claims where booking_id = @Id and @at <= lower(during);
            update amenity_claims set during = tstzrange(lower(during), @at) where booking_id = @Id and @at < upper(during);
            """, new { booking.Id, booking.EndsAt, at }, cancellationToken);
        change.Publish(new BookingCompleted(over.Fact(), at));
        return over;
    }
}
