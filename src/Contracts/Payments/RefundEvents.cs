namespace Portico.Contracts.Payments;

/// <summary>Some of what was paid went back to the member.</summary>
/// <param name="BookingId">The booking that was paid, if it was one.</param>
/// <param name="Amount">In <paramref name="Currency"/> (ISO 4217).</param>
public sealed record PaymentRefunded(
    Guid RefundId, Guid PaymentId, Guid? BookingId, Guid MemberId, decimal Amount, string Currency, string Reason, DateTimeOffset RefundedAt) : IIntegrationEvent
{
    public static string Type => "payment.refunded";
    public static string Topic => "transactions";
    public Guid Key => MemberId;
}

/// <summary>What was to go back to the member did not arrive there: staff have to find another way.</summary>
/// <param name="Reason">In the provider's words.</param>
public sealed record RefundFailed(
    Guid RefundId, Guid PaymentId, Guid? BookingId, Guid MemberId, decimal Amount, string Currency, string? Reason, DateTimeOffset FailedAt) : IIntegrationEvent
{
    public static string Type => "payment.refund_failed";
    public static string Topic => "transactions";
    public Guid Key => MemberId;
}

/// <summary>
/// Some of what was taken for what a member owed is not the house's any more, or is again: it was given back, a bank took it, or what
/// was given back did not arrive. What came in when nothing was owed for it was never the house's, and is not in it.
/// </summary>
/// <param name="Amount">In <paramref name="Currency"/> (ISO 4217); below nothing when it is the house's again.</param>
/// <param name="Cause"><c>refund</c>, <c>refund_returned</c> or <c>dispute_lost</c>.</param>
public sealed record PaymentReversed(
    Guid PaymentId, Guid? BookingId, Guid MemberId, decimal Amount, string Currency, string Cause, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "payment.reversed";
    public static string Topic => "transactions";
    public Guid Key => MemberId;
}

/// <summary>The member's bank wants a payment back, or has decided about it.</summary>
/// <param name="Status"><c>open</c>, <c>won</c> or <c>lost</c>: the money is gone.</param>
public sealed record PaymentDisputed(Guid PaymentId, Guid? BookingId, Guid MemberId, decimal Amount, string Currency, string Status, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "payment.disputed";
    public static string Topic => "transactions";
    public Guid Key => MemberId;
}
