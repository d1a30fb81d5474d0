using Portico.Bookings.Data;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.Rules;
using Portico.Bookings.Domain.Spaces;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Spaces;

/// <summary>All about a space.</summary>
/// <param name="Area">The hot-desk area of which it is one of the desks.</param>
/// <param name="Capacity">How many people a booking of it may bring.</param>
/// <param name="BufferBeforeMinutes">How long before a booking it is needed to set up; nobody else can have it then.</param>
/// <param name="BufferAfterMinutes">The same, to clear up.</param>
/// <param name="StepMinutes">Bookings begin at multiples of it, counted from midnight, and last multiples of it.</param>
/// <param name="LeadMinutes">How long before its start a booking has to be made.</param>
/// <param name="HorizonDays">How many days from today a booking may start.</param>
/// <param name="PlanIds">Where it is for plan holders: of which plans. Of any, when none is named.</param>
/// <param name="ReleaseAfterMinutes">A booking nobody checked in to is released that long after its start; null: nobody has to check in.</param>
/// <param name="Currency">What its prices are in.</param>
/// <param name="Parts">What else a booking of it takes.</param>
/// <param name="PartOf">What cannot be had while this is booked, and takes this when it is.</param>
/// <param name="Desks">How many desks an area has; null for anything else.</param>
/// <param name="RetiredAt">Since when it is not booked any more.</param>
public sealed record SpaceResponse(
    Guid Id,
    NamedPlace Location,
    SpaceKind Kind,
    NamedPlace? Area,
    string Name,
    string? Description,
    int Capacity,
    string? Floor,
    PlanPosition? Plan,
    SpaceStatus Status,
    int BufferBeforeMinutes,
    int BufferAfterMinutes,
    int MinMinutes,
    int MaxMinutes,
    int StepMinutes,
    int LeadMinutes,
    int HorizonDays,
    BookableBy BookableBy,
    IReadOnlyList<Guid> PlanIds,
    bool NeedsApproval,
    int? ReleaseAfterMinutes,
    string Currency,
    PriceRules Prices,
    CancellationPolicy Cancellation,
    IReadOnlyList<NamedPlace> Amenities,
    IReadOnlyList<NamedPlace> Parts,
    IReadOnlyList<NamedPlace> PartOf,
    int? Desks,
    DateTimeOffset CreatedAt,
    DateTimeOffset? RetiredAt)
{
    /// <summary>A retired one too: what was booked there is still looked at.</summary>
    internal static async Task<SpaceResponse?> FindAsync(Database<BookingsModule> database, Guid id, CancellationToken cancellationToken) =>
        await database.FindAsync<Row>(
            $"""
            select {SpaceRow.Columns}, place.name as location_name, place.currency,
                   (select name from spaces as area where area.id = space.area_id) as area_name,
                   (select count(*) from spaces as desk where desk.area_id = space.id and desk.status <> 'retired')::int as desks,
                   (select json_agg(json_build_object('id', amenities.id, 'name', amenities.name) order by lower(amenities.name))
                    from space_amenities join amenities on amenities.id = space_amenities.amenity_id
                    where space_amenities.space_id = space.id and amenities.retired_at is null)::text as amenities,
                   (select json_agg(json_build_object('id', part.id, 'name', part.name) order by lower(part.name), part.id)
                    from space_parts join spaces as part on part.id = space_parts.part_id
                    where space_parts.space_id = space.id)::text as parts,
                   (select json_agg(json_build_object('id', whole.id, 'name', whole.name) order by lower(whole.name), whole.id)
                    from space_units join spaces as whole on whole.id = space_units.space_id
                    where space_units.unit_id = space.id and whole.id <> space.id and whole.status <> 'retired')::text as wholes
            from spaces as space
            join locations as place on place.id = space.location_id
            where space.id = @id
            """, new { id }, cancellationToken) is { } row ? Of(row) : null;

    private static SpaceResponse Of(Row row) => new(
        row.Id,
        new(row.LocationId, row.LocationName),
        Words.Read<SpaceKind>(row.Kind),
        row.AreaId is { } area ? new(area, row.AreaName!) : null,
        row.Name,
        row.Description,
        row.Capacity,
        row.Floor,
        row is { PlanX: { } x, PlanY: { } y } ? new(x, y) : null,
        Words.Read<SpaceStatus>(row.Status),
        row.BufferBeforeMinutes,
        row.BufferAfterMinutes,
        row.MinMinutes,
        row.MaxMinutes,
        row.StepMinutes,
        row.LeadMinutes,
        row.HorizonDays,
        Words.Read<BookableBy>(row.BookableBy),
        StoredJson.Read<Guid[]>(row.PlanIds),
        row.NeedsApproval,
        row.ReleaseAfterMinutes,
        row.Currency,
        StoredJson.Read<PriceRules>(row.Prices),
        StoredJson.Read<CancellationPolicy>(row.Cancellation),
        Named(row.Amenities),
        Named(row.Parts),
        Named(row.Wholes),
        row.IsArea ? row.Desks : null,
        row.CreatedAt,
        row.RetiredAt);

    private static NamedPlace[] Named(string? json) => json is null ? [] : StoredJson.Read<NamedPlace[]>(json);

    private sealed record Row : SpaceRow
    {
        public string LocationName { get; init; } = "";

        public string Currency { get; init; } = "";

        public string? AreaName { get; init; }

        public int Desks { get; init; }

        public string? Amenities { get; init; }

        public string? Parts { get; init; }

        public string? Wholes { get; init; }
    }
}
