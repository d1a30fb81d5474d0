using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Slots;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Availability;

/// <summary>A month of a location, by its clock.</summary>
/// <param name="Spaces">How many spaces were looked at that the caller may book.</param>
/// <param name="Reasons">Where one space was asked for: why the caller cannot have it at all, or not for so long.</param>
public sealed record MonthAvailability(
    string Month, NamedPlace Location, string TimeZone, int Spaces, IReadOnlyList<WhyNot> Reasons, IReadOnlyList<MonthDay> Days);

/// <summary>A day in all of the spaces.</summary>
/// <param name="State">The best of them: free when a booking can begin in one of them.</param>
/// <param name="FreeSpaces">In how many one can.</param>
/// <param name="FreeHours">Of all of them together.</param>
/// <param name="First">The first that can, and where.</param>
public sealed record MonthDay(DateOnly Date, DayState State, int FreeSpaces, decimal FreeHours, FirstFree? First);

/// <summary>A time that can be had in a space.</summary>
public sealed record FirstFree(DateTimeOffset StartsAt, DateTimeOffset EndsAt, NamedPlace Space);

/// <summary>On which days of a month something is free.</summary>
internal static class ShowMonth
{
    private const int MostAmenities = 20;
    private const int MostSpaces = 500;
    private const int LongestMinutes = 31 * WallClock.MinutesOfADay;

    // So far after its last midnight ends what begins before, and so much longer days may be.
    private static readonly TimeSpan Overnight = TimeSpan.FromHours(27);

    /// <param name="month">Such as 2026-12, by the location's clock.</param>
    /// <param name="minutes">How long one wants to stay; the shortest that each space is booked for, when left out.</param>
    /// <param name="capacity">Only spaces for so many.</param>
    /// <param name="amenityIds">Only spaces that have all of them.</param>
    public static async Task<Results<Ok<MonthAvailability>, ProblemHttpResult>> Handle(
        [Required] string? month,
        [FromQuery(Name = "location_id")] Guid? locationId,
        [FromQuery(Name = "space_id")] Guid? spaceId,
        [Range(1, LongestMinutes)] int? minutes,
        [AllowedValues(null, "desk", "room", "office", "event_hall", "hot_desk_area")] string? kind,
        [Range(1, 10_000)] int? capacity,
        [FromQuery(Name = "amenity_id"), MaxLength(MostAmenities)] Guid[]? amenityIds,
        Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (month is null || !CalendarMonth.TryRead(month, out var first))
        {
            return Problems.Invalid("month", CalendarMonth.Wrong);
        }

        var days = CalendarMonth.DaysOf(first);
        var (place, refusal) = await AskedPlace.FindAsync(database, locationId, spaceId, first, days[^1], cancellationToken);
        if (place is null)
        {
            return refusal!;
        }

        var (now, clock) = (time.GetUtcNow(), place.Calendar.Clock);
        var known = new Interval(clock.Midnight(first), clock.Day(days[^1]).End + Overnight.Add(TimeSpan.FromMinutes(minutes ?? 0)));
        var filter = new AvailabilityFilter(place.Id, kind, capacity, amenityIds ?? [], null, spaceId is not null, null) { SpaceId = spaceId };
        var found = await database.FindSpacesAsync(
            new(filter.Where, known) { Limit = MostSpaces + 1, Parameters = filter }, many: false, user, now, cancellationToken);
        if (found.Count > MostSpaces)
        {
            return Problems.Invalid("location_id", $"It has more than {MostSpaces} such spaces: ask for a kind, a capacity or one space.");
        }

        var payer = await Credits.PayerOfAsync(database, user.Id, cancellationToken);
        var open = place.Calendar.OpenWithin(known);
        List<(BookableSpace Space, AreaSlots Slots)> bookable = [];
        IReadOnlyList<WhyNot> reasons = [];
        foreach (var space in found)
        {
            reasons = Judge.AtAnyTime(space, capacity ?? 1, minutes, payer?.PlanId);
            if (reasons.Count == 0)
            {
                bookable.Add((space.Space, space.Slots(open, now)));
            }
        }

        return TypedResults.Ok(new MonthAvailability(
            month, new(place.Id, place.Name), place.TimeZone, bookable.Count, spaceId is null ? [] : reasons,
            [.. days.Select(day => DayOf(day, bookable, place.Calendar, minutes, now))]));
    }

    private static MonthDay DayOf(
        DateOnly day, IReadOnlyList<(BookableSpace Space, AreaSlots Slots)> spaces, OpeningCalendar calendar, int? minutes, DateTimeOffset now)
    {
        var (state, free, hours) = (calendar.OpenWithin(calendar.Clock.Day(day)).Count == 0 ? DayState.Closed : DayState.NotBookable, 0, TimeSpan.Zero);
        FirstFree? first = null;
        foreach (var (space, slots) in spaces)
        {
            var outlook = DayOutlook.Of(day, slots, space.Rules, calendar, minutes, now);
            state = outlook.State < state ? outlook.State : state;
            free += outlook.State is DayState.Free ? 1 : 0;
            hours += outlook.Free;
            if (outlook.First is { } start && (first is null || start.Start < first.StartsAt))
            {
                first = new(start.Start, start.End, new(space.Id, space.Name));
            }
        }

        return new(day, state, free, Math.Round((decimal)hours.TotalHours, 2), first);
    }
}
