using Microsoft.Extensions.Options;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Bookings;

internal static class ExtendHold
{
    public static async Task<Results<Ok<BookingResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, IOptions<BookingsOptions> options, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
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

        if (booking.Extended)
        {
            return Problems.Conflict("hold-extended", "A hold is extended once.", ("expires_at", booking.ExpiresAt));
        }

        // From when it would have lapsed: whoever asks early loses nothing.
        var until = booking.ExpiresAt + options.Value.HoldFor;
        if (await change.StepAsync(booking, new(BookingAct.Extend, user.Id, null, now), until, cancellationToken) is not { } after)
        {
            return BookingProblems.WrongState(booking, "Only a hold can be extended.");
        }

        change.Publish(new BookingHeld(after.Fact(), until!.Value, false, now));
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(BookingResponse.Of(after, now));
    }
}
