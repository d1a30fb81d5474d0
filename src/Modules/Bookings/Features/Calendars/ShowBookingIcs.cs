using Portico.Bookings.Data;
using Portico.Platform.Calendars;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Calendars;

/// <summary>One booking, to put into a calendar.</summary>
internal static class ShowBookingIcs
{
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await database.FindBookingAsync(id, user, cancellationToken) is null)
        {
            return BookingProblems.NotFound();
        }

        var entry = await database.OfBookingAsync(id, cancellationToken);
        return TypedResults.Bytes(
            IcsCalendar.Write("Portico", entry.TimeZone, [entry.ForOwner(time.GetUtcNow())]),
            CalendarRoutes.ContentType, $"booking-{BookingResponse.ReferenceOf(id)}.ics");
    }
}
