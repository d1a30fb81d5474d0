namespace Portico.Notifications.Features.Deliveries;

/// <summary>A mail, or something that is shown later.</summary>
/// <param name="Channel"><c>email</c> or <c>in_app</c>.</param>
/// <param name="Status"><c>waiting</c>, <c>sent</c>, <c>dropped</c> (it had become pointless) or <c>dead</c> (given up).</param>
/// <param name="DueAt">When it is tried, or was last.</param>
/// <param name="Failure">Why the last attempt failed, or why it was dropped.</param>
public sealed record DeliveryResponse(
    Guid Id, string Channel, string Kind, Guid MemberId, Guid? BookingId, string Status, DateTimeOffset DueAt, int Attempts, string? Failure,
    DateTimeOffset CreatedAt, DateTimeOffset? SettledAt)
{
    internal const string Columns = "id, channel, kind, member_id, booking_id, status, due_at, attempts, failure, created_at, settled_at";
}
