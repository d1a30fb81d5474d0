using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.Rules;
using Portico.Platform.Data;

namespace Portico.Bookings.Data;

/// <summary>A space with all that decides whether and for how much somebody may book it.</summary>
internal sealed record BookableSpace(
    Guid Id, Guid LocationId, string Kind, Guid? AreaId, string Name, int Capacity, string Status, int BufferBeforeMinutes, int BufferAfterMinutes,
    int MinMinutes, int MaxMinutes, int StepMinutes, int LeadMinutes, int HorizonDays, string BookableBy, string PlanIds, bool NeedsApproval,
    int? ReleaseAfterMinutes, string Prices, string Cancellation, string LocationName, string TimeZone, string Currency, decimal TaxPercent,
    bool PricesIncludeTax, string OpeningHours, string Exceptions, bool LocationRetired)
{
    /// <summary>All but its hours, which those of a location share.</summary>
    public const string OwnColumns =
        """
        space.id, space.location_id, space.kind, space.area_id, space.name, space.capacity, space.status, space.buffer_before_minutes,
        space.buffer_after_minutes, space.min_minutes, space.max_minutes, space.step_minutes, space.lead_minutes, space.horizon_days,
        space.bookable_by, array_to_json(space.plan_ids)::text as plan_ids, space.needs_approval, space.release_after_minutes, space.prices::text, space.cancellation::text,
        place.name as location_name, place.time_zone, place.currency, place.tax_percent, place.prices_include_tax,
        """;

    public const string Columns = $"{OwnColumns} place.opening_hours::text,";

    /// <summary>
    /// The days with other hours than usual around a time, and so far after it as a next start is looked for; takes
    /// <c>@from</c> and <c>@until</c>, instants.
    /// </summary>
    public const string ExceptionsJson =
        """
        coalesce((
            select json_agg(json_build_object('date', day, 'hours', hours, 'reason', reason))
            from opening_exceptions
            where location_id = place.id and day between (@from::timestamptz - interval '2 days')::date and (@until::timestamptz + interval '520 days')::date
        )::text, '[]')
        """;

    public const string ExceptionsColumn = $"{ExceptionsJson} as exceptions, place.retired_at is not null as location_retired";

    public const string Tables = "spaces as space join locations as place on place.id = space.location_id";

    private const string Find = $"select {Columns} {ExceptionsColumn} from {Tables} where space.id = @id";

    public bool IsArea => Kind == "hot_desk_area";

    public SpaceRules Rules => new(
        MinMinutes, MaxMinutes, StepMinutes, LeadMinutes, HorizonDays, Capacity, Words.Read<BookableBy>(BookableBy),
        StoredJson.Read<Guid[]>(PlanIds), NeedsApproval, BufferBeforeMinutes, BufferAfterMinutes,
        LocationRetired ? SpaceStatus.Retired : Words.Read<SpaceStatus>(Status));

    /// <summary>Right for the days it was read for.</summary>
    public OpeningCalendar Calendar => new(
        TimeZone, OpeningHoursJson.ReadWeek(OpeningHours), StoredJson.Read<OpeningException[]>(Exceptions));

    public PricePlace PricePlace => new(TimeZoneInfo.FindSystemTimeZoneById(TimeZone), Currency, TaxPercent, PricesIncludeTax);

    /// <summary>The space, with the exceptional days around a time.</summary>
    public static Task<BookableSpace?> FindAsync(
        Database<BookingsModule> database, Guid id, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.FindAsync<BookableSpace>(Find, new { id, from, until }, cancellationToken);

    /// <summary>The space, and who would pay for a booking of it by a member: in one round trip, since every booking begins with it.</summary>
    public static Task<(BookableSpace? Space, Payer? Payer)> FindWithPayerAsync(
        Database<BookingsModule> database, Guid id, DateTimeOffset from, DateTimeOffset until, Guid memberId, CancellationToken cancellationToken) =>
        database.QueryBatchAsync(
            $"{Find}; {Credits.FindPayer}", new { id, from, until, memberId },
            async answers => (await answers.ReadSingleOrDefaultAsync<BookableSpace>(), await answers.ReadSingleOrDefaultAsync<Payer>()), cancellationToken);
}
