using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Bookings.Data;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Rules;
using Portico.Bookings.Domain.Spaces;
using Portico.Bookings.Features.Imports;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Spaces;

/// <summary>A space in a list.</summary>
/// <param name="AreaId">The hot-desk area of which it is one of the desks.</param>
/// <param name="AmenityIds">What it has.</param>
/// <param name="PartIds">What else a booking of it takes.</param>
public sealed record SpaceSummary(
    Guid Id, Guid LocationId, SpaceKind Kind, Guid? AreaId, string Name, int Capacity, string? Floor, PlanPosition? Plan, SpaceStatus Status,
    BookableBy BookableBy, bool NeedsApproval, IReadOnlyList<Guid> AmenityIds, IReadOnlyList<Guid> PartIds);

/// <summary>By name. Retired ones are among them only for staff that asks for them.</summary>
internal static class ListSpaces
{
    private const int MostAmenities = 20;

    public static async Task<Results<ReadyJson<Page<SpaceSummary>>, CsvAnswer<FiledSpace>, ProblemHttpResult>> Handle(
        [FromQuery(Name = "location_id")] Guid? locationId,
        [AllowedValues(null, "desk", "room", "office", "event_hall", "hot_desk_area")] string? kind,
        [StringLength(50)] string? floor,
        [FromQuery(Name = "area_id")] Guid? areaId,
        [FromQuery(Name = "amenity_id"), MaxLength(MostAmenities)] Guid[]? amenityIds,
        [FromQuery(Name = "min_capacity"), Range(1, SpaceLimits.MostCapacity)] int? minCapacity,
        bool? retired,
        [AllowedValues(null, "json", "csv")] string? format,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<BookingsModule> database, RecentAnswers<BookingsModule> recent, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!Cursor.TryRead(after, out var cursor))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var filter = new SpaceFilter(locationId, kind, floor, areaId, amenityIds ?? [], minCapacity, SpaceFilter.ShowsRetired(retired, user));
        if (format == "csv")
        {
            return await FileAsync(filter, database, user, cancellationToken);
        }

        var size = limit ?? Paging.DefaultLimit;
        // Who asks makes a difference to retired ones only.
        var question = (nameof(ListSpaces), locationId, kind, floor, areaId, string.Join(' ', filter.AmenityIds), minCapacity, filter.WithRetired ? user.Id : (Guid?)null, after, size);
        return await recent.GetAsync(question, () => ReadAsync(filter, cursor, size, database, user, cancellationToken));
    }

    private static async Task<Page<SpaceSummary>> ReadAsync(
        SpaceFilter filter, Cursor? cursor, int size, Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            $"""
            select space.id, space.location_id, space.kind, space.area_id, space.name, lower(space.name) as sorted, space.capacity, space.floor,
                   trim_scale(space.plan_x) as plan_x, trim_scale(space.plan_y) as plan_y, space.status, space.bookable_by, space.needs_approval,
                   (select json_agg(amenity_id) from space_amenities join amenities on amenities.id = amenity_id
                    where space_id = space.id and retired_at is null)::text as amenities,
                   (select json_agg(part_id) from space_parts where space_id = space.id)::text as parts
            from spaces as space
            where {filter.Where} {(cursor is null ? "" : "and (lower(space.name), space.id) > (@afterName, @afterId)")}
            order by lower(space.name), space.id
            limit @size + 1
            """, filter.Parameters(user, new { size, afterName = cursor?.Value, afterId = cursor?.Id }), cancellationToken);
        var page = Paging.Cut(rows, size, last => Cursor.Of(last.Sorted, last.Id));
        return new([.. page.Items.Select(row => row.ToSummary())], page.Next);
    }

    // All of them, however many a page holds: as many as a file that is sent back may have.
    private static async Task<Results<ReadyJson<Page<SpaceSummary>>, CsvAnswer<FiledSpace>, ProblemHttpResult>> FileAsync(
        SpaceFilter filter, Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<FiledSpace>(
            $"""
            select {FiledSpace.FileColumns} from {FiledSpace.From}
            where {filter.Where}
            order by lower(place.name), place.id, lower(space.name), space.id
            limit @most + 1
            """, filter.Parameters(user, new { most = ImportFile.MostRows }), cancellationToken);
        return rows.Count <= ImportFile.MostRows
            ? SpaceFile.Write(rows)
            : Problems.Unprocessable("export-too-large", "A file has so many rows at the most: narrow the filter.", ("limit", ImportFile.MostRows));
    }

    private sealed record Row(
        Guid Id, Guid LocationId, string Kind, Guid? AreaId, string Name, string Sorted, int Capacity, string? Floor, decimal? PlanX, decimal? PlanY,
        string Status, string BookableBy, bool NeedsApproval, string? Amenities, string? Parts)
    {
        public SpaceSummary ToSummary() => new(
            Id, LocationId, Words.Read<SpaceKind>(Kind), AreaId, Name, Capacity, Floor, this is { PlanX: { } x, PlanY: { } y } ? new(x, y) : null,
            Words.Read<SpaceStatus>(Status), Words.Read<BookableBy>(BookableBy), NeedsApproval, Ids(Amenities), Ids(Parts));

        private static Guid[] Ids(string? json) => json is null ? [] : StoredJson.Read<Guid[]>(json);
    }
}
