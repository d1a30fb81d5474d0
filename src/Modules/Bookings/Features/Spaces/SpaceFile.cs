using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.Rules;
using Portico.Bookings.Domain.Spaces;
using Portico.Bookings.Features.Imports;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Spaces;

/// <summary>A space as a file tells it.</summary>
internal sealed record FiledSpace : SpaceRow
{
    /// <summary>Takes <see cref="From"/>.</summary>
    public const string FileColumns =
        $"""
        {Columns}, place.name as location,
        (select name from spaces as area where area.id = space.area_id) as area,
        (select string_agg(amenities.name, '; ' order by lower(amenities.name))
         from space_amenities join amenities on amenities.id = space_amenities.amenity_id
         where space_amenities.space_id = space.id and amenities.retired_at is null) as amenities
        """;

    public const string From = "spaces as space join locations as place on place.id = space.location_id";

    public string Location { get; init; } = "";

    public string? Area { get; init; }

    /// <summary>Their names, by name, with semicolons between.</summary>
    public string? Amenities { get; init; }
}

/// <summary>A line of a file: which space, and what is said of it.</summary>
internal sealed record SpaceLine(
    ImportCells Cells, Guid? Id, string? Location, SpaceKind? Kind, string? Area, ChangeSpaceRequest Settings, IReadOnlyList<string> Amenities);

/// <summary>Spaces as CSV: what is written is what is read. What a space consists of is not in it.</summary>
internal static partial class SpaceFile
{
    private static readonly CsvColumn<FiledSpace>[] Written =
    [
        new("id", row => row.Id),
        new("location", row => row.Location),
        new("kind", row => row.Kind),
        new("area", row => row.Area),
        new("name", row => row.Name),
        new("description", row => row.Description),
        new("capacity", row => row.Capacity),
        new("floor", row => row.Floor),
        new("plan_x", row => row.PlanX),
        new("plan_y", row => row.PlanY),
        new("status", row => row.Status),
        new("buffer_before_minutes", row => row.BufferBeforeMinutes),
        new("buffer_after_minutes", row => row.BufferAfterMinutes),
        new("min_minutes", row => row.MinMinutes),
        new("max_minutes", row => row.MaxMinutes),
        new("step_minutes", row => row.StepMinutes),
        new("lead_minutes", row => row.LeadMinutes),
        new("horizon_days", row => row.HorizonDays),
        new("bookable_by", row => row.BookableBy),
        new("plan_ids", row => string.Join("; ", StoredJson.Read<Guid[]>(row.PlanIds))),
        new("needs_approval", row => row.NeedsApproval ? "true" : "false"),
        new("release_after_minutes", row => row.ReleaseAfterMinutes),
        new("hourly", row => PricesOf(row).Hourly),
        new("half_day", row => PricesOf(row).HalfDay),
        new("half_day_hours", row => PricesOf(row).HalfDayHours),
        new("daily", row => PricesOf(row).Daily),
        new("monthly", row => PricesOf(row).Monthly),
        new("adjustments", row => PricesOf(row).Adjustments is { } adjustments ? StoredJson.Write(adjustments) : null),
        new("cancellation", row => string.Join("; ", StoredJson.Read<CancellationPolicy>(row.Cancellation).Steps.Select(step => $"{step.HoursBefore}h {step.PercentKept}%"))),
        new("amenities", row => row.Amenities),
    ];

    public static IReadOnlyList<string> Columns { get; } = [.. Written.Select(column => column.Name)];

    public static CsvAnswer<FiledSpace> Write(IReadOnlyList<FiledSpace> spaces) => new(spaces, "spaces.csv", Written);

    /// <summary>An empty cell empties what may be empty, and leaves anything else as it is, or as it is with a new space.</summary>
    public static SpaceLine Read(CsvRow row, ICollection<CsvFault> faults, JsonSerializerOptions json)
    {
        var cells = new ImportCells(row, faults, json);
        var (x, y) = (cells.Amount("plan_x"), cells.Amount("plan_y"));
        if (x is null != y is null)
        {
            cells.Fault(x is null ? "plan_x" : "plan_y", "A place on the plan has both.");
        }

        var settings = new ChangeSpaceRequest
        {
            Name = cells.Needed("name"),
            Description = cells.Text("description"),
            Capacity = cells.Number("capacity"),
            Floor = cells.Text("floor"),
            Plan = x is { } left && y is { } top ? new(left, top) : null,
            Status = cells.Word<SpaceStatus>("status"),
            BufferBeforeMinutes = cells.Number("buffer_before_minutes"),
            BufferAfterMinutes = cells.Number("buffer_after_minutes"),
            MinMinutes = cells.Number("min_minutes"),
            MaxMinutes = cells.Number("max_minutes"),
            StepMinutes = cells.Number("step_minutes"),
            LeadMinutes = cells.Number("lead_minutes"),
            HorizonDays = cells.Number("horizon_days"),
            BookableBy = cells.Word<BookableBy>("bookable_by"),
            PlanIds = Plans(cells),
            NeedsApproval = cells.Truth("needs_approval"),
            ReleaseAfterMinutes = cells.Number("release_after_minutes"),
            Prices = Prices(cells),
            Cancellation = Cancellation(cells),
        };
        cells.Check(settings);
        if (settings.Plan is { } plan)
        {
            cells.Check(plan, "plan_x");
        }

        return new(
            cells, cells.Id("id"), cells.Needed("location"), cells.Needed("kind") is null ? null : cells.Word<SpaceKind>("kind"), cells.Text("area"), settings,
            cells.List("amenities"));
    }

    private static PriceRules PricesOf(FiledSpace row) => StoredJson.Read<PriceRules>(row.Prices);

    private static PriceRules Prices(ImportCells cells)
    {
        var rules = new PriceRules(cells.Amount("hourly"), cells.Amount("half_day"), Daily: cells.Amount("daily"), Monthly: cells.Amount("monthly"))
        {
            Adjustments = cells.Json<PriceAdjustment[]>("adjustments"),
        };
        if (cells.Amount("half_day_hours") is { } hours)
        {
            rules = rules with { HalfDayHours = hours };
        }

        cells.Check(rules);
        foreach (var adjustment in rules.Adjustments ?? [])
        {
            if (adjustment is null)
            {
                cells.Fault("adjustments", "This is not the JSON that belongs here.");
                return new();
            }

            cells.Check(adjustment, "adjustments");
        }

        return rules;
    }

    private static CancellationPolicy Cancellation(ImportCells cells)
    {
        List<CancellationStep> steps = [];
        foreach (var text in cells.List("cancellation"))
        {
            if (Step.Match(text) is { Success: true } match)
            {
                var step = new CancellationStep(Number(match.Groups["hours"]), Number(match.Groups["percent"]));
                cells.Check(step, "cancellation");
                steps.Add(step);
            }
            else
            {
                cells.Fault("cancellation", "Steps look like: 48h 50%; 24h 100%");
            }
        }

        var policy = new CancellationPolicy(steps);
        cells.Check(policy, "cancellation");
        return policy;
    }

    private static List<Guid> Plans(ImportCells cells)
    {
        List<Guid> plans = [];
        foreach (var text in cells.List("plan_ids"))
        {
            if (Guid.TryParse(text, out var id))
            {
                plans.Add(id);
            }
            else
            {
                cells.Fault("plan_ids", "This is not an id.");
            }
        }

        return plans;
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<hours>[0-9]{1,5}) ?h +(?<percent>[0-9]{1,3}) ?%$")]
    private static partial Regex Step { get; }
}
