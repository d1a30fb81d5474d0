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

/// <summary>The next times that can be had, in order.</summary>
/// <param name="SearchedUntil">Nothing that begins later was looked at.</param>
public sealed record NextTimes(IReadOnlyList<NextTime> Items, DateTimeOffset SearchedUntil);

/// <param name="FreeSpaces">How many spaces are free then.</param>
/// <param name="Spaces">The first few of them, by location and name.</param>
public sealed record NextTime(DateTimeOffset StartsAt, DateTimeOffset EndsAt, int FreeSpaces, IReadOnlyList<NextSpace> Spaces);

/// <summary>Where a time can be had.</summary>
public sealed record NextSpace(Guid Id, string Name, string Kind, NamedPlace Location, string TimeZone, int Capacity, bool NeedsApproval);

/// <summary>When, from some time on, a space can be had for so long: by the rules that a hold keeps to.</summary>
internal static class FindNext
{
    private const int MostAmenities = 20;
    private const int LongestMinutes = 31 * WallClock.MinutesOfADay;
    private const int UsualTimes = 10;
    private const int MostTimes = 50;
    private const int MostSpaces = 2000;
    private const int SpacesTold = 5;

    // What was found within a day is told at once; a month is looked at where everything is taken.
    private static readonly TimeSpan[] Searches = [TimeSpan.FromDays(1), TimeSpan.FromDays(6), TimeSpan.FromDays(24)];

    // So much longer days may be than 24 hours each, all together.
    private static readonly TimeSpan PutBack = TimeSpan.FromHours(3);

    /// <param name="minutes">How long one wants to stay.</param>
    /// <param name="from">No start before it; now, when left out.</param>
    /// <param name="capacity">Only spaces for so many.</param>
    /// <param name="amenityIds">Only spaces that have all of them.</param>
    /// <param name="limit">How many times.</param>
    public static async Task<Results<Ok<NextTimes>, ProblemHttpResult>> Handle(
        [Required, Range(1, LongestMinutes)] int? minutes,
        DateTimeOffset? from,
        [FromQuery(Name = "location_id")] Guid? locationId,
        [FromQuery(Name = "space_id")] Guid? spaceId,
        [AllowedValues(null, "desk", "room", "office", "event_hall", "hot_desk_area")] string? kind,
        [Range(1, 10_000)] int? capacity,
        [FromQuery(Name = "amenity_id"), MaxLength(MostAmenities)] Guid[]? amenityIds,
        [StringLength(100)] string? city,
        [Range(1, MostTimes)] int? limit,
        Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (minutes is not { } length)
        {
            return Problems.Invalid("minutes", "Say for how long.");
        }

        if (from is { } sane && !AskedTime.IsSane(sane))
        {
            return Problems.Invalid("from", AskedTime.OutOfRange);
        }

        var now = time.GetUtcNow();
        var begin = from > now ? from.Value.ToUniversalTime() : now;
        var filter = new AvailabilityFilter(locationId, kind, capacity, amenityIds ?? [], city?.Trim(), spaceId is not null, null) { SpaceId = spaceId };
        var payer = await Credits.PayerOfAsync(database, user.Id, cancellationToken);
        IReadOnlyList<(Interval Slot, IReadOnlyList<BookableSpace> Spaces)> next = [];
        var searched = new Interval(begin, begin);
        foreach (var search in Searches)
        {
            searched = new(searched.End, searched.End + search);
            var known = searched with { End = searched.End.AddMinutes(length) + PutBack };
            var found = await database.FindSpacesAsync(
                new(filter.Where, known) { Limit = MostSpaces, Parameters = filter }, many: spaceId is null, user, now, cancellationToken);
            var bookable = found.Where(space => Judge.AtAnyTime(space, capacity ?? 1, length, payer?.PlanId).Count == 0).ToList();
            next = [.. next, .. NextStarts.Of(
                bookable.Select(space => (space.Space, space.Slots(space.Calendar.OpenWithin(known), now))), length, searched, (limit ?? UsualTimes) - next.Count)];
            if (bookable.Count == 0 || next.Count == (limit ?? UsualTimes))
            {
                break;
            }
        }

        return TypedResults.Ok(new NextTimes([.. next.Select(TimeOf)], searched.End));
    }

    private static NextTime TimeOf((Interval Slot, IReadOnlyList<BookableSpace> Spaces) next) => new(
        next.Slot.Start, next.Slot.End, next.Spaces.Count,
        [
            .. next.Spaces.Take(SpacesTold).Select(space => new NextSpace(
                space.Id, space.Name, space.Kind, new(space.LocationId, space.LocationName), space.TimeZone, space.Capacity, space.NeedsApproval)),
        ]);
}
