using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Bookings;

/// <summary>What the QR code at the space says.</summary>
public sealed record CheckInRequest([property: Required, StringLength(200, MinimumLength = 1)] string Code);

internal static class CheckInBySpaceCode
{
    public static async Task<Results<Ok<BookingResponse>, ProblemHttpResult>> Handle(
        CheckInRequest request,
        Database<BookingsModule> database,
        IOptions<BookingsOptions> options,
        CurrentUser user,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<Guid?>(
            "select id from spaces where check_in_code = @Code and status <> 'retired'", new { request.Code }, cancellationToken) is not { } spaceId)
        {
            return Problems.Unprocessable("code-invalid", "This is not the code of a space.");
        }

        // The booking of the whole is meant at the code of a part too, and an area's at any desk of it.
        var booking = await change.LockBookingAsync(
            """
            bookings.id = (
                select booked.id from bookings as booked
                join space_units on space_units.space_id in (booked.space_id, booked.desk_id) and space_units.unit_id = @spaceId
                where booked.member_id = @Id and booked.status in ('confirmed', 'checked_in') and booked.ends_at > @now
                order by booked.starts_at, booked.id
                limit 1)
            """, new { spaceId, user.Id, now }, cancellationToken);
        if (booking is null)
        {
            return Problems.Conflict("no-booking-here", "You have no confirmed booking of this space.");
        }

        if (CheckingIn.Refuse(booking, now, options.Value) is { } refusal)
        {
            return refusal;
        }

        var present = await change.CheckInAsync(booking, CheckInWay.SpaceCode, user.Id, null, now, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(BookingResponse.Of(present, now));
    }
}
