namespace Portico.Contracts.Payments;

/// <summary>A member owes something more.</summary>
/// <param name="Amount">In <paramref name="Currency"/> (ISO 4217), above nothing.</param>
/// <param name="BookingId">The booking it is for, if it is for one.</param>
/// <param name="LocationId">Where that is.</param>
public sealed record TransactionCreated(
    Guid TransactionId, Guid UserId, decimal Amount, string Currency, string Description, DateTimeOffset Timestamp,
    Guid? BookingId = null, Guid? LocationId = null) : IIntegrationEvent
{
    public static string Type => "transaction.created";
    public static string Topic => "transactions";
    public Guid Key => UserId;

    /// <summary>Its type once more, where the first consumers of this stream look for it.</summary>
    public string EventType { get; init; } = Type;
}

/// <summary>A member owes some transactions no longer: they were paid.</summary>
/// <param name="TransactionsPaid">How many.</param>
/// <param name="TransactionIds">Which.</param>
/// <param name="Amounts">What they came to, once per currency.</param>
public sealed record TransactionPaid(
    Guid UserId, int TransactionsPaid, IReadOnlyList<Guid> TransactionIds, IReadOnlyList<AmountPaid> Amounts, DateTimeOffset Timestamp) : IIntegrationEvent
{
    public static string Type => "transaction.paid";
    public static string Topic => "transactions";
    public Guid Key => UserId;

    /// <summary>Its type once more, where the first consumers of this stream look for it.</summary>
    public string EventType { get; init; } = Type;
}

/// <summary>What was paid in one currency (ISO 4217).</summary>
public sealed record AmountPaid(string Currency, decimal Amount);

/// <summary>Staff corrected what a member owes. What it made of the transactions is told beside it, as created and cancelled ones.</summary>
/// <param name="Amount">By how much more is owed; negative for a credit. In <paramref name="Currency"/> (ISO 4217).</param>
/// <param name="By">Whose doing it is.</param>
public sealed record TransactionAdjusted(
    Guid UserId, decimal Amount, string Currency, string Description, string Reason, Guid By, DateTimeOffset Timestamp) : IIntegrationEvent
{
    public static string Type => "transaction.adjusted";
    public static string Topic => "transactions";
    public Guid Key => UserId;

    /// <summary>Its type once more, where the first consumers of this stream look for it.</summary>
    public string EventType { get; init; } = Type;
}

/// <summary>What a member owed was called off unpaid.</summary>
public sealed record TransactionCancelled(
    Guid TransactionId, Guid UserId, decimal Amount, string Currency, string? Reason, DateTimeOffset Timestamp) : IIntegrationEvent
{
    public static string Type => "transaction.cancelled";
    public static string Topic => "transactions";
    public Guid Key => UserId;

    /// <summary>Its type once more, where the first consumers of this stream look for it.</summary>
    public string EventType { get; init; } = Type;
}
