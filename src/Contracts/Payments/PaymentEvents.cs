namespace Portico.Contracts.Payments;

/// <summary>A payment for a booking arrived.</summary>
/// <param name="Amount">In <paramref name="Currency"/> (ISO 4217).</param>
public sealed record PaymentSucceeded(
    Guid PaymentId, Guid BookingId, Guid MemberId, decimal Amount, string Currency, DateTimeOffset PaidAt) : IIntegrationEvent
{
    public static string Type => "payment.succeeded";
    public static string Topic => "transactions";
    public Guid Key => MemberId;
}

/// <summary>A payment for a booking will not arrive.</summary>
public sealed record PaymentFailed(Guid PaymentId, Guid BookingId, Guid MemberId, string Reason, DateTimeOffset FailedAt) : IIntegrationEvent
{
    public static string Type => "payment.failed";
    public static string Topic => "transactions";
    public Guid Key => MemberId;
}
