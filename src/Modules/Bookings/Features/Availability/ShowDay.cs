using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Availability;

/// <summary>A day of a location, by its clock.</summary>
/// <param name="StartsAt">Midnight there; until <paramref name="EndsAt"/> it may be 23 or 25 hours.</param>
/// <param name="Open">When the location is open.</param>
/// <param name="OpenReason">Why it has other hours than usual, if somebody said.</param>
public sealed record DayAvailability(
    DateOnly Date, NamedPlace Location, string TimeZone, DateTimeOffset StartsAt, DateTimeOffset EndsAt, IReadOnlyList<TimeStretch> Open, string? OpenReason,
    IReadOnlyList<SpaceDay> Items, string? Next);

/// <summary>A space's day.</summary>
/// <param name="Free">In which a booking can begin. Of a hot-desk area, at one of its desks: these may overlap.</param>
/// <param name="Taken">Who and what has time of it, with the buffers around; also what reaches into the day. Of a hot-desk area: when no desk is to be had.</param>
/// <param name="Reasons">Why the caller cannot have the space at all; then nothing of it is free.</param>
public sealed record SpaceDay(
    Guid Id, string Name, string Kind, Guid? AreaId, string? Floor, int Capacity, IReadOnlyList<TimeStretch> Free, IReadOnlyList<TakenStretch> Taken,
    IReadOnlyList<WhyNot> Reasons);

/// <summary>Who has what of a day, and what is free.</summary>
internal static class ShowDay
{
    private const int MostAmenities = 20;

    // So far after midnight ends what begins before: the shortest booking, or a day that is longer than others.
    private static readonly TimeSpan Overnight = TimeSpan.FromHours(27);

    /// <param name="date">Such as 2026-12-25, by the location's clock.</param>
    /// <param name="capacity">Only spaces for so many.</param>
    /// <param name="amenityIds">Only spaces that have all of them.</param>
    /// <param name="desks">The desks of hot-desk areas too, each by itself.</param>
    public static async Task<Results<Ok<DayAvailability>, ProblemHttpResult>> Handle(
        [Required] string? date,
        [FromQuery(Name = "location_id")] Guid? locationId,
        [FromQuery(Name = "space_id")] Guid? spaceId,
        [AllowedValues(null, "desk", "room", "office", "event_hall", "hot_desk_area")] string? kind,
        [Range(1, 10_000)] int? capacity,
        [FromQuery(Name = "amenity_id"), MaxLength(MostAmenities)] Guid[]? amenityIds,
        bool? desks,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (date is null || !CalendarDay.TryRead(date, out var day))
        {
            return Problems.Invalid("date", CalendarDay.Wrong);
        }

        if (!Cursor.TryRead(after, out var cursor))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var (place, refusal) = await AskedPlace.FindAsync(database, locationId, spaceId, day, day, cancellationToken);
        if (place is null)
        {
            return refusal!;
        }

        var (now, size, hours) = (time.GetUtcNow(), limit ?? Paging.DefaultLimit, place.Calendar.Clock.Day(day));
        var known = hours with { End = hours.End + Overnight };
        var filter = new AvailabilityFilter(place.Id, kind, capacity, amenityIds ?? [], null, desks is true || spaceId is not null, cursor?.Id) { SpaceId = spaceId };
        var found = await database.FindSpacesAsync(
            new(filter.Where, known) { Limit = size + 1, Parameters = filter }, many: true, user, now, cancellationToken);
        var payer = await Credits.PayerOfAsync(database, user.Id, cancellationToken);
        var open = place.Calendar.OpenWithin(known);
        var page = Paging.Cut([.. found.Select(space => DayOf(space, hours, open, capacity ?? 1, payer?.PlanId, now))], size, last => Cursor.Of("", last.Id));
        return TypedResults.Ok(new DayAvailability(
            day, new(place.Id, place.Name), place.TimeZone, hours.Start, hours.End, TimeStretch.Of(place.Calendar.OpenWithin(hours)),
            place.Calendar.ReasonOf(day), page.Items, page.Next));
    }

    private static SpaceDay DayOf(FoundSpace found, Interval hours, IReadOnlyList<Interval> open, int people, Guid? planId, DateTimeOffset now)
    {
        var space = found.Space;
        var slots = found.Slots(open, now);
        var reasons = Judge.AtAnyTime(found, people, null, planId);
        return new(
            space.Id, space.Name, space.Kind, space.AreaId, found.Times.Floor, space.Capacity,
            reasons.Count > 0 ? [] : TimeStretch.Of(slots.Within(hours)), [.. slots.TakenWithin(hours).Select(TakenStretch.Of)], reasons);
    }
}
