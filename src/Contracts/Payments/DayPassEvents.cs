namespace Portico.Contracts.Payments;

/// <summary>A member has a day pass: bought, sold or given by staff, or charged at the door.</summary>
/// <param name="Days">How many days it has.</param>
/// <param name="LastDay">The last one on which it can be used, in the house's time zone.</param>
/// <param name="LocationId">Where it is good; null for all locations.</param>
/// <param name="Price">Of all its days, tax included, in <paramref name="Currency"/> (ISO 4217); 0 where it was given.</param>
/// <param name="AtDoor">Whether it was charged for a visit with neither plan nor pass.</param>
/// <param name="Reason">Why it was given; null where it was sold.</param>
public sealed record DayPassSold(
    Guid PassId, Guid MemberId, Guid OfferId, string Offer, int Days, DateOnly FirstDay, DateOnly LastDay, Guid? LocationId, decimal Price, string Currency,
    bool AtDoor, string? Reason, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "day_pass.sold";
    public static string Topic => "members";
    public Guid Key => MemberId;
}

/// <summary>A member came without a plan, and a day of a pass is used.</summary>
/// <param name="VisitId">The first of that day at that location.</param>
/// <param name="Day">In the house's time zone.</param>
/// <param name="DaysLeft">Of the pass, after this one.</param>
public sealed record DayPassUsed(
    Guid PassId, Guid MemberId, Guid VisitId, Guid LocationId, DateOnly Day, int DaysLeft, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "day_pass.used";
    public static string Topic => "members";
    public Guid Key => MemberId;
}

/// <summary>A day of a pass that was used can be used again.</summary>
/// <param name="CoveredBy"><c>membership</c> or <c>plan</c>: it turned out that the member had one that day; <c>house</c>: staff gave it back.</param>
public sealed record DayPassReturned(
    Guid PassId, Guid MemberId, Guid VisitId, Guid LocationId, DateOnly Day, string CoveredBy, string? Reason, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "day_pass.returned";
    public static string Topic => "members";
    public Guid Key => MemberId;
}

/// <summary>Staff took a pass out of use. What was paid for it goes back by a refund, if it does.</summary>
public sealed record DayPassWithdrawn(Guid PassId, Guid MemberId, int DaysLeft, string Reason, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "day_pass.withdrawn";
    public static string Topic => "members";
    public Guid Key => MemberId;
}
