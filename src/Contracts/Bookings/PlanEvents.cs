namespace Portico.Contracts.Bookings;

/// <summary>A member has a plan, or another one than before: the own one, or that of the team.</summary>
/// <param name="TeamId">The team whose plan it is; null where it is the member's own.</param>
/// <param name="Since">Since when; earlier than <paramref name="At"/> where it was given before anybody was told of plans.</param>
public sealed record PlanGiven(Guid MemberId, Guid PlanId, string Plan, Guid? TeamId, DateTimeOffset Since, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "plan.given";
    public static string Topic => "bookings";
    public Guid Key => MemberId;
}

/// <summary>A member has no plan any more.</summary>
/// <param name="PlanId">The one the member had.</param>
public sealed record PlanTaken(Guid MemberId, Guid PlanId, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "plan.taken";
    public static string Topic => "bookings";
    public Guid Key => MemberId;
}
