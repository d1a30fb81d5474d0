using Portico.Contracts.Auth;
using Portico.Contracts.Bookings;
using Portico.Members.Data;
using Portico.Members.Domain.Visits;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Members.Messages;

/// <summary>Whoever checks in to a booking is in the house, also when no door saw them come.</summary>
internal sealed class OpenVisitForBooking(Database<MembersModule> database, TimeProvider time, ILogger<OpenVisitForBooking> logger)
    : IHandleEvent<BookingCheckedIn>
{
    private const string Pass = "pass";

    public async Task HandleAsync(BookingCheckedIn fact, Change change, CancellationToken cancellationToken)
    {
        if (fact.VisitId is not null || fact.How == Pass)
        {
            return;
        }

        var booking = fact.Booking;
        if (await Location.FindAsync(database, booking.LocationId, cancellationToken) is not { } place)
        {
            logger.BookedPlaceIsUnknown(booking.LocationId, booking.BookingId);
            return;
        }

        var now = time.GetUtcNow();
        var at = DoorClock.Whole(fact.At < now ? fact.At : now);
        await change.EnsureProfileAsync(booking.MemberId, at, cancellationToken);
        var visitor = (await change.LockVisitorAsync(booking.MemberId, cancellationToken))!;
        if (visitor.Role == Roles.Kiosk || visitor.WasSuspendedAt(at))
        {
            return;
        }

        var (current, next) = await change.VisitsAroundAsync(visitor.Id, at, cancellationToken);
        var passage = new Passage(place.Id, at, ClosingTime.After(at, place.TimeZone, place.ClosesAt));
        if (DoorRule.SeenInside(passage, current, next) is { } decision)
        {
            await change.ApplyAsync(visitor.Id, passage, decision, current, Actor.Booking(booking.BookingId), time, cancellationToken);
        }
    }
}

internal static partial class OpenVisitForBookingLog
{
    [LoggerMessage(LogLevel.Warning, "No visit for booking {Booking}: nothing was ever heard of location {Location}")]
    public static partial void BookedPlaceIsUnknown(this ILogger logger, Guid location, Guid booking);
}
