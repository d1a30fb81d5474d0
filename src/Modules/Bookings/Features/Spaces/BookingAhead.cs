using Portico.Bookings.Data;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.States;
using Portico.Bookings.Features.Bookings;

namespace Portico.Bookings.Features.Spaces;

/// <summary>A booking that stands in the way of a change to its space, as staff are told of it.</summary>
internal sealed record BookingAhead(
    Guid Id, string Reference, Guid MemberId, NamedPlace Space, DateTimeOffset StartsAt, DateTimeOffset EndsAt, BookingStatus Status)
{
    /// <summary>The most that a refusal tells.</summary>
    private const int MostTold = 50;

    public static IReadOnlyList<BookingAhead> Of(IEnumerable<LiveBooking> bookings) => [.. bookings.Take(MostTold).Select(Of)];

    private static BookingAhead Of(LiveBooking booking) => new(
        booking.Id, BookingResponse.ReferenceOf(booking.Id), booking.MemberId, new(booking.SpaceId, booking.SpaceName), booking.StartsAt, booking.EndsAt,
        Words.Read<BookingStatus>(booking.Status));
}
