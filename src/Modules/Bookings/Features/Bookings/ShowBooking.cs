using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Bookings;

internal static class ShowBooking
{
    public static async Task<Results<Ok<BookingResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken) =>
        await database.FindBookingAsync(id, user, cancellationToken) is { } booking
            ? TypedResults.Ok(BookingResponse.Of(booking, time.GetStoredNow()))
            : BookingProblems.NotFound();
}
