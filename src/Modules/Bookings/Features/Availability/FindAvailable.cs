using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Availability;

/// <summary>Which spaces can be had at a time, which not and why.</summary>
internal static class FindAvailable
{
    private const int MostAmenities = 20;
    private const int LongestDays = 31;

    /// <param name="capacity">Only spaces for so many.</param>
    /// <param name="people">How many would come: where there is not room for them, that is a reason. As many as <c>capacity</c>, when left out.</param>
    /// <param name="amenityIds">Only spaces that have all of them.</param>
    /// <param name="freeOnly">Only what can be had.</param>
    /// <param name="desks">The desks of hot-desk areas too, each by itself.</param>
    public static async Task<Results<Ok<Page<SpaceAvailability>>, ProblemHttpResult>> Handle(
        [Required] DateTimeOffset? from,
        [Required] DateTimeOffset? to,
        [FromQuery(Name = "location_id")] Guid? locationId,
        [AllowedValues(null, "desk", "room", "office", "event_hall", "hot_desk_area")] string? kind,
        [Range(1, 10_000)] int? capacity,
        [Range(1, 10_000)] int? people,
        [FromQuery(Name = "amenity_id"), MaxLength(MostAmenities)] Guid[]? amenityIds,
        [StringLength(100)] string? city,
        [FromQuery(Name = "free_only")] bool? freeOnly,
        bool? desks,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (from is null || to is null)
        {
            return Problems.Invalid(from is null ? "from" : "to", "Say from when to when.");
        }

        var during = new Interval(from.Value, to.Value);
        if (AskedTime.Refuse(during, TimeSpan.FromDays(LongestDays)) is { } wrong)
        {
            return wrong;
        }

        if (!Cursor.TryRead(after, out var cursor))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var now = time.GetUtcNow();
        var size = limit ?? Paging.DefaultLimit;
        var filter = new AvailabilityFilter(locationId, kind, capacity, amenityIds ?? [], city?.Trim(), desks is true, cursor?.Id);
        var asked = new SpacesAsked(filter.Where, during) { FreeOnly = freeOnly is true, Limit = size + 1, Parameters = filter };
        var found = await database.FindSpacesAsync(asked, many: true, user, now, cancellationToken);
        var payer = await Credits.PayerOfAsync(database, user.Id, cancellationToken);
        var judge = new Judge(new(during, people ?? capacity ?? 1), payer?.PlanId, now);
        var prices = new PriceList(database, payer, during.Start, during.End, now);
        List<SpaceAvailability> rows = [];
        foreach (var space in found)
        {
            var verdict = judge.Of(space);
            if (verdict.IsFree || freeOnly is not true)
            {
                rows.Add(SpaceAvailability.Of(space, verdict, verdict.IsFree ? await prices.PriceAsync(space.Space, cancellationToken) : null));
            }

            if (rows.Count > size)
            {
                break;
            }
        }

        return TypedResults.Ok(Paging.Cut(rows, size, last => Cursor.Of("", last.Id)));
    }
}
