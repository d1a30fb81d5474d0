namespace Portico.Contracts.Payments;

/// <summary>A member, or a team, has a membership from now on.</summary>
/// <param name="MemberId">Who pays for it.</param>
/// <param name="PlanId">The plan in Bookings that comes with it, if one does.</param>
/// <param name="Price">For a period, tax included, in <paramref name="Currency"/> (ISO 4217).</param>
/// <param name="PeriodEnd">The first day after the period, in the house's time zone.</param>
/// <param name="TeamId">The team whose it is, as in all facts about memberships; null where it is the member's own.</param>
/// <param name="Seats">For how many people of the team; the price is that of all of them.</param>
public sealed record MembershipStarted(
    Guid MembershipId, Guid MemberId, Guid OfferId, string Offer, Guid? PlanId, decimal Price, string Currency, DateOnly PeriodStart, DateOnly PeriodEnd,
    DateTimeOffset At, Guid? TeamId = null, int Seats = 1) : IIntegrationEvent
{
    public static string Type => "membership.started";
    public static string Topic => "members";
    public Guid Key => TeamId ?? MemberId;
}

/// <summary>A member has another membership from now on.</summary>
/// <param name="PreviousPlanId">The plan that came with what the member had before.</param>
/// <param name="Charged">For the rest of the period, less what was left of the old one.</param>
/// <param name="Credited">What was left of the old one and not used up: it is taken off the next periods.</param>
public sealed record MembershipChanged(
    Guid MembershipId, Guid MemberId, Guid OfferId, string Offer, Guid? PlanId, Guid? PreviousPlanId, decimal Price, decimal Charged, decimal Credited,
    string Currency, DateTimeOffset At, Guid? TeamId = null, int Seats = 1) : IIntegrationEvent
{
    public static string Type => "membership.changed";
    public static string Topic => "members";
    public Guid Key => TeamId ?? MemberId;
}

/// <summary>A membership rests and costs nothing.</summary>
/// <param name="Until">The day it goes on by itself.</param>
public sealed record MembershipPaused(Guid MembershipId, Guid MemberId, Guid? PlanId, DateOnly Until, DateTimeOffset At, Guid? TeamId = null) : IIntegrationEvent
{
    public static string Type => "membership.paused";
    public static string Topic => "members";
    public Guid Key => TeamId ?? MemberId;
}

/// <summary>A membership that rested or was suspended goes on.</summary>
public sealed record MembershipResumed(
    Guid MembershipId, Guid MemberId, Guid? PlanId, DateOnly PeriodStart, DateOnly PeriodEnd, DateTimeOffset At, Guid? TeamId = null) : IIntegrationEvent
{
    public static string Type => "membership.resumed";
    public static string Topic => "members";
    public Guid Key => TeamId ?? MemberId;
}

/// <summary>A membership is of no use until what is owed for it is paid.</summary>
/// <param name="Owed">In <paramref name="Currency"/> (ISO 4217).</param>
public sealed record MembershipSuspended(
    Guid MembershipId, Guid MemberId, Guid? PlanId, decimal Owed, string Currency, DateTimeOffset At, Guid? TeamId = null) : IIntegrationEvent
{
    public static string Type => "membership.suspended";
    public static string Topic => "members";
    public Guid Key => TeamId ?? MemberId;
}

/// <summary>A membership is over.</summary>
/// <param name="LeftOver">What was left over of a dearer one, in <paramref name="Currency"/> (ISO 4217): what was paid of it goes back.</param>
public sealed record MembershipEnded(
    Guid MembershipId, Guid MemberId, Guid? PlanId, DateTimeOffset At, decimal LeftOver = 0, string? Currency = null, Guid? TeamId = null) : IIntegrationEvent
{
    public static string Type => "membership.ended";
    public static string Topic => "members";
    public Guid Key => TeamId ?? MemberId;
}

/// <summary>The card that a member keeps for it could not be charged for a membership. What is owed stays owed.</summary>
/// <param name="Amount">In <paramref name="Currency"/> (ISO 4217).</param>
/// <param name="Attempt">1 when it was charged, one more with each reminder.</param>
/// <param name="Reason">In the provider's words, such as <c>insufficient_funds</c>.</param>
/// <param name="PayByHand">Whether the bank wants to ask the card's owner: it is not tried again with this card.</param>
public sealed record CollectionFailed(
    Guid PaymentId, Guid TransactionId, Guid MembershipId, Guid MemberId, decimal Amount, string Currency, string Description, int Attempt, string Reason,
    bool PayByHand, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "payment.collection_failed";
    public static string Topic => "transactions";
    public Guid Key => MemberId;
}

/// <summary>What a member owes for a membership has not been paid yet.</summary>
/// <param name="Amount">In <paramref name="Currency"/> (ISO 4217).</param>
/// <param name="Number">1 for the first reminder of this amount.</param>
/// <param name="SuspendedOn">The day on which the membership is suspended if nothing is paid, in the house's time zone.</param>
public sealed record PaymentReminder(
    Guid TransactionId, Guid MembershipId, Guid MemberId, decimal Amount, string Currency, string Description, DateOnly DueOn, int Number,
    DateOnly SuspendedOn, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "payment.reminder";
    public static string Topic => "transactions";
    public Guid Key => MemberId;
}
