using Microsoft.Extensions.Options;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;
using Portico.Bookings.Features.Bookings;
using Portico.Contracts.Members;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Time;

namespace Portico.Bookings.Messages;

/// <summary>
/// Whoever comes in has come for what they booked there and can check in to. A booking somebody had checked in to already
/// gets the visit it belongs to.
/// </summary>
internal sealed class NoteArrival(IOptions<BookingsOptions> options, TimeProvider time) : IHandleEvent<MemberCheckedIn>
{
    public async Task HandleAsync(MemberCheckedIn fact, Change change, CancellationToken cancellationToken)
    {
        await change.ArriveAsync(fact, cancellationToken);
        // The clock of a door may be ahead of ours.
        var now = time.GetStoredNow();
        var at = fact.CheckedInAt < now ? fact.CheckedInAt : now;
        foreach (var booking in await MeantAsync(change, fact, at, cancellationToken))
        {
            if (booking.State is BookingStatus.Confirmed)
            {
                await change.CheckInAsync(booking, CheckInWay.Pass, null, fact.VisitId, at, cancellationToken);
            }
            else
            {
                await change.ExecuteAsync("update bookings set visit_id = @VisitId where id = @Id", new { fact.VisitId, booking.Id }, cancellationToken);
            }
        }
    }

    // Both kinds in one statement: one that is being checked in to at this moment is found as it is then, and gets the visit.
    private Task<IReadOnlyList<BookingRow>> MeantAsync(Change change, MemberCheckedIn fact, DateTimeOffset at, CancellationToken cancellationToken) =>
        change.QueryAsync<BookingRow>(
            $"""
            select {BookingRow.Columns} from {BookingRow.Tables}
            where bookings.member_id = @MemberId and bookings.location_id = @LocationId and bookings.visit_id is null
              and (bookings.status = 'confirmed' or bookings.checked_in_at is not null)
              and bookings.starts_at - @CheckInEarly <= @at and coalesce(bookings.ended_at, bookings.ends_at) > @at
            order by bookings.id for no key update of bookings
            """, new { fact.MemberId, fact.LocationId, options.Value.CheckInEarly, at }, cancellationToken);
}
