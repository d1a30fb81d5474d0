using Portico.Bookings.Data;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.Rules;
using Portico.Bookings.Domain.Spaces;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Spaces;

/// <summary>A space as it is kept. A new one that nothing is said of is like this.</summary>
internal record SpaceRow
{
    public const string Columns =
        """
        space.id, space.location_id, space.kind, space.area_id, space.name, space.description, space.capacity, space.floor,
        trim_scale(space.plan_x) as plan_x, trim_scale(space.plan_y) as plan_y, space.status, space.buffer_before_minutes,
        space.buffer_after_minutes, space.min_minutes, space.max_minutes, space.step_minutes, space.lead_minutes, space.horizon_days,
        space.bookable_by, array_to_json(space.plan_ids)::text as plan_ids, space.needs_approval, space.release_after_minutes,
        space.prices::text as prices, space.cancellation::text as cancellation, space.created_at, space.retired_at
        """;

    private const int PlanDecimals = 5;

    public Guid Id { get; init; }

    public Guid LocationId { get; init; }

    public string Kind { get; init; } = "";

    public Guid? AreaId { get; init; }

    public string Name { get; init; } = "";

    public string? Description { get; init; }

    public int Capacity { get; init; } = 1;

    public string? Floor { get; init; }

    public decimal? PlanX { get; init; }

    public decimal? PlanY { get; init; }

    public string Status { get; init; } = SpaceStatus.Active.Word();

    public int BufferBeforeMinutes { get; init; }

    public int BufferAfterMinutes { get; init; }

    public int MinMinutes { get; init; } = 30;

    public int MaxMinutes { get; init; } = SpaceLimits.MinutesOfADay;

    public int StepMinutes { get; init; } = 30;

    public int LeadMinutes { get; init; }

    public int HorizonDays { get; init; } = 365;

    public string BookableBy { get; init; } = Domain.Rules.BookableBy.Everybody.Word();

    public string PlanIds { get; init; } = "[]";

    public bool NeedsApproval { get; init; }

    public int? ReleaseAfterMinutes { get; init; }

    // However the database writes them, these say the same in the same words.
    public string Prices { get; init => field = Same(StoredJson.Read<PriceRules>(value)); } = "{}";

    public string Cancellation { get; init => field = StoredJson.Write(StoredJson.Read<CancellationPolicy>(value)); } = """{"steps": []}""";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RetiredAt { get; init; }

    public bool IsArea => Kind == SpaceKind.HotDeskArea.Word();

    public bool IsDesk => Kind == SpaceKind.Desk.Word();

    public bool IsRetired => RetiredAt is not null;

    /// <summary>The space as it is to be.</summary>
    public SpaceRow With(SpaceSettings settings) => this with
    {
        Description = settings.SaysDescription ? settings.Description?.Trim() : Description,
        Floor = settings.SaysFloor ? settings.Floor?.Trim() : Floor,
        PlanX = settings.SaysPlan ? Rounded(settings.Plan?.X) : PlanX,
        PlanY = settings.SaysPlan ? Rounded(settings.Plan?.Y) : PlanY,
        BufferBeforeMinutes = settings.BufferBeforeMinutes ?? BufferBeforeMinutes,
        BufferAfterMinutes = settings.BufferAfterMinutes ?? BufferAfterMinutes,
        MinMinutes = settings.MinMinutes ?? MinMinutes,
        MaxMinutes = settings.MaxMinutes ?? MaxMinutes,
        StepMinutes = settings.StepMinutes ?? StepMinutes,
        LeadMinutes = settings.LeadMinutes ?? LeadMinutes,
        HorizonDays = settings.HorizonDays ?? HorizonDays,
        BookableBy = settings.BookableBy?.Word() ?? BookableBy,
        PlanIds = settings.PlanIds is { } plans ? StoredJson.Write(plans.Distinct().Order()) : PlanIds,
        NeedsApproval = settings.NeedsApproval ?? NeedsApproval,
        ReleaseAfterMinutes = settings.SaysRelease ? settings.ReleaseAfterMinutes : ReleaseAfterMinutes,
        Prices = settings.Prices is { } prices ? Same(prices) : Prices,
        Cancellation = settings.Cancellation is { } cancellation ? StoredJson.Write(cancellation) : Cancellation,
    };

    /// <summary>A desk that is booked like this area, without a name yet.</summary>
    public SpaceRow NewDesk() => this with
    {
        Id = Guid.Empty, Kind = SpaceKind.Desk.Word(), AreaId = Id, Name = "", Description = null, Capacity = 1, PlanX = null, PlanY = null,
        Status = SpaceStatus.Active.Word(),
    };

    /// <summary>What no single field's limits say, by the field that is to blame; null when nothing is wrong.</summary>
    public (string Field, string Wrong)? Refuse() =>
        MinMinutes > MaxMinutes ? ("max_minutes", "The longest booking is shorter than the shortest.")
        : (MinMinutes + StepMinutes - 1) / StepMinutes * StepMinutes > MaxMinutes ? ("step_minutes", "No multiple of the step lies between the shortest and the longest booking.")
        : null;

    /// <summary>The space, locked until the change ends.</summary>
    public static Task<SpaceRow?> LockAsync(Change change, Guid id, CancellationToken cancellationToken) => change.FindAsync<SpaceRow>(
        $"select {Columns} from spaces as space where space.id = @id for no key update", new { id }, cancellationToken);

    /// <summary>Keeps a new one, with the code that is printed for it. Its location's structure is locked, or shared.</summary>
    public Task InsertAsync(Change change, string checkInCode, CancellationToken cancellationToken)
    {
        var parameters = new Dapper.DynamicParameters(this);
        parameters.Add("checkInCode", checkInCode);
        return change.ExecuteAsync(
            """
            insert into spaces (
                id, location_id, kind, area_id, name, description, capacity, floor, plan_x, plan_y, status, buffer_before_minutes,
                buffer_after_minutes, min_minutes, max_minutes, step_minutes, lead_minutes, horizon_days, bookable_by, plan_ids, needs_approval,
                release_after_minutes, prices, cancellation, check_in_code, created_at)
            values (
                @Id, @LocationId, @Kind, @AreaId, @Name, @Description, @Capacity, @Floor, @PlanX, @PlanY, @Status, @BufferBeforeMinutes,
                @BufferAfterMinutes, @MinMinutes, @MaxMinutes, @StepMinutes, @LeadMinutes, @HorizonDays, @BookableBy,
                array(select json_array_elements_text(@PlanIds::json)::uuid), @NeedsApproval, @ReleaseAfterMinutes, @Prices::jsonb,
                @Cancellation::jsonb, @checkInCode, @CreatedAt);
            insert into space_units (space_id, unit_id) values (@Id, @Id)
            """, parameters, cancellationToken);
    }

    public Task UpdateAsync(Change change, CancellationToken cancellationToken) => change.ExecuteAsync(
        """
        update spaces
        set area_id = @AreaId, name = @Name, description = @Description, capacity = @Capacity, floor = @Floor, plan_x = @PlanX, plan_y = @PlanY,
            status = @Status, buffer_before_minutes = @BufferBeforeMinutes, buffer_after_minutes = @BufferAfterMinutes, min_minutes = @MinMinutes,
            max_minutes = @MaxMinutes, step_minutes = @StepMinutes, lead_minutes = @LeadMinutes, horizon_days = @HorizonDays,
            bookable_by = @BookableBy, plan_ids = array(select json_array_elements_text(@PlanIds::json)::uuid), needs_approval = @NeedsApproval,
            release_after_minutes = @ReleaseAfterMinutes, prices = @Prices::jsonb, cancellation = @Cancellation::jsonb
        where id = @Id
        """, this, cancellationToken);

    private static string Same(PriceRules rules) => StoredJson.Write(rules.Adjustments is [] ? rules with { Adjustments = null } : rules);

    private static decimal? Rounded(decimal? part) => part is { } value ? decimal.Round(value, PlanDecimals) : null;
}
