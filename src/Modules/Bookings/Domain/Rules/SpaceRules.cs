namespace Portico.Bookings.Domain.Rules;

/// <summary>Who may book a space.</summary>
public enum BookableBy
{
    /// <summary>Every member.</summary>
    Everybody,

    /// <summary>Members with one of the space's plans, or with any plan where none is named.</summary>
    PlanHolders,

    /// <summary>Staff, for themselves or for others.</summary>
    Staff,
}

/// <summary>Whether a space can be booked at all.</summary>
public enum SpaceStatus
{
    /// <summary>It can.</summary>
    Active,

    /// <summary>Not now: it is broken, or being built.</summary>
    OutOfService,

    /// <summary>Never again.</summary>
    Retired,
}

/// <summary>How a space may be booked.</summary>
/// <param name="StepMinutes">Bookings begin at multiples of it, counted from midnight, and last multiples of it.</param>
/// <param name="LeadMinutes">How long before its start a booking has to be made.</param>
/// <param name="HorizonDays">How many days from today a booking may start.</param>
/// <param name="Capacity">How many people may be in it.</param>
/// <param name="PlanIds">Which plans open it, where it is for plan holders; any of them when none is named.</param>
/// <param name="BufferBeforeMinutes">For setting up. It belongs to the booking and may lie outside opening hours.</param>
/// <param name="BufferAfterMinutes">For clearing, likewise.</param>
internal sealed record SpaceRules(
    int MinMinutes,
    int MaxMinutes,
    int StepMinutes,
    int LeadMinutes,
    int HorizonDays,
    int Capacity,
    BookableBy BookableBy,
    IReadOnlyCollection<Guid> PlanIds,
    bool NeedsApproval,
    int BufferBeforeMinutes,
    int BufferAfterMinutes,
    SpaceStatus Status = SpaceStatus.Active)
{
    /// <summary>The shortest booking there is: the least minutes, rounded up to the step.</summary>
    public int ShortestMinutes => (Math.Max(MinMinutes, 1) + StepMinutes - 1) / StepMinutes * StepMinutes;

    public TimeSpan BufferBefore => TimeSpan.FromMinutes(BufferBeforeMinutes);

    public TimeSpan BufferAfter => TimeSpan.FromMinutes(BufferAfterMinutes);

    /// <summary>The earliest start of what is booked now.</summary>
    public DateTimeOffset EarliestStart(DateTimeOffset now) => now.AddMinutes(LeadMinutes);

    /// <summary>The last day on which something booked today may start.</summary>
    public DateOnly LastDay(DateOnly today) => today.AddDays(HorizonDays);
}
