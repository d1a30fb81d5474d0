using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.Rules;

namespace Portico.Bookings.Features.Spaces;

/// <summary>
/// What a space is like and how it may be booked. What is left out stays as it is; <c>null</c> empties what may be empty:
/// description, floor, plan and the minutes after which it is given back.
/// </summary>
public abstract record SpaceSettings
{
    [StringLength(2000, MinimumLength = 1), RegularExpression(SpaceLimits.NotBlank, ErrorMessage = SpaceLimits.SomethingNeeded)]
    public string? Description
    {
        get;
        init => (field, SaysDescription) = (value, true);
    }

    [StringLength(50, MinimumLength = 1), RegularExpression(SpaceLimits.NotBlank, ErrorMessage = SpaceLimits.SomethingNeeded)]
    public string? Floor
    {
        get;
        init => (field, SaysFloor) = (value, true);
    }

    public PlanPosition? Plan
    {
        get;
        init => (field, SaysPlan) = (value, true);
    }

    [Range(0, SpaceLimits.MinutesOfADay)]
    public int? BufferBeforeMinutes { get; init; }

    [Range(0, SpaceLimits.MinutesOfADay)]
    public int? BufferAfterMinutes { get; init; }

    [Range(1, SpaceLimits.LongestMinutes)]
    public int? MinMinutes { get; init; }

    [Range(1, SpaceLimits.LongestMinutes)]
    public int? MaxMinutes { get; init; }

    [Range(1, SpaceLimits.MinutesOfADay)]
    public int? StepMinutes { get; init; }

    [Range(0, SpaceLimits.LongestLead)]
    public int? LeadMinutes { get; init; }

    [Range(0, SpaceLimits.FarthestDays)]
    public int? HorizonDays { get; init; }

    public BookableBy? BookableBy { get; init; }

    [MaxLength(SpaceLimits.MostPlans)]
    public IReadOnlyList<Guid>? PlanIds { get; init; }

    public bool? NeedsApproval { get; init; }

    [Range(5, SpaceLimits.MinutesOfADay)]
    public int? ReleaseAfterMinutes
    {
        get;
        init => (field, SaysRelease) = (value, true);
    }

    public PriceRules? Prices { get; init; }

    public CancellationPolicy? Cancellation { get; init; }

    [JsonIgnore]
    internal bool SaysDescription { get; private init; }

    [JsonIgnore]
    internal bool SaysFloor { get; private init; }

    [JsonIgnore]
    internal bool SaysPlan { get; private init; }

    [JsonIgnore]
    internal bool SaysRelease { get; private init; }
}

/// <summary>Where a space is on its floor's plan, in parts of the plan's width and height, from the left and from above.</summary>
public sealed record PlanPosition(
    [property: JsonRequired, Range(typeof(decimal), "0", "1")] decimal X,
    [property: JsonRequired, Range(typeof(decimal), "0", "1")] decimal Y);
