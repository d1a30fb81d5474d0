using Portico.Bookings.Data;
using Portico.Bookings.Domain.Rules;
using Portico.Bookings.Domain.Series;
using Portico.Bookings.Features.Bookings;

namespace Portico.Bookings.Features.Series;

/// <summary>A series of bookings.</summary>
/// <param name="Bookings">Those that were booked, in order; each is a booking of its own.</param>
public sealed record SeriesResponse(
    Guid Id, Guid MemberId, NamedPlace Space, NamedPlace Location, string TimeZone, SeriesRule Rule, IReadOnlyList<BookingResponse> Bookings,
    DateTimeOffset CreatedAt);

/// <summary>What came of a series: what could be had, and what could not.</summary>
public sealed record SeriesOutcome(SeriesResponse Series, IReadOnlyList<MissedOccurrence> Missed);

/// <summary>A day of a series that could not be had, or could not be changed.</summary>
/// <param name="Occurrence">The day the rule puts it on, by the location's calendar.</param>
/// <param name="Code">As the refusal of a single booking says it: <c>space-taken</c>, <c>booking-not-allowed</c>, <c>service-out-of-stock</c>, …</param>
/// <param name="Taken">What is in the way, for <c>space-taken</c>.</param>
/// <param name="Rules">Which rules are against it, for <c>booking-not-allowed</c>.</param>
public sealed record MissedOccurrence(
    DateOnly Occurrence, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Code,
    IReadOnlyList<SlotObstacle>? Taken = null, IReadOnlyList<Refusal>? Rules = null)
{
    internal static MissedOccurrence Of(DateOnly occurrence, Wish wish, Placement placement) => placement switch
    {
        { Shortage: not null } => new(occurrence, wish.StartsAt, wish.EndsAt, "service-out-of-stock"),
        _ => TakenBy(occurrence, wish, placement.InTheWay),
    };

    internal static MissedOccurrence TakenBy(DateOnly occurrence, Wish wish, IReadOnlyList<TakenTime> inTheWay) =>
        new(occurrence, wish.StartsAt, wish.EndsAt, "space-taken", [.. inTheWay.Select(time => SlotObstacle.Of(time, wish.StartsAt, wish.EndsAt))]);
}
