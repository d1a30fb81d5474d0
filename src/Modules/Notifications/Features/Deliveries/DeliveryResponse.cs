namespace Portico.Notifications.Features.Deliveries;

/// <summary>A mail, something that is shown later, or a fact for a webhook.</summary>
/// <param name="Channel"><c>email</c>, <c>in_app</c> or <c>webhook</c>.</param>
/// <param name="Kind">What it is about; of a webhook the type of its fact.</param>
/// <param name="MemberId">Whom it is for, or, of a webhook, the key of its fact.</param>
/// <param name="Status"><c>waiting</c>, <c>sent</c>, <c>dropped</c> (it had become pointless) or <c>dead</c> (given up).</param>
/// <param name="DueAt">When it is tried, or was last.</param>
/// <param name="Failure">Why the last attempt failed, or why it was dropped.</param>
public sealed record DeliveryResponse(
    Guid Id, string Channel, string Kind, Guid MemberId, Guid? BookingId, Guid? EndpointId, string Status, DateTimeOffset DueAt, int Attempts, string? Failure,
    DateTimeOffset CreatedAt, DateTimeOffset? SettledAt)
{
    internal const string Columns = "id, channel, kind, member_id, booking_id, endpoint_id, status, due_at, attempts, failure, created_at, settled_at";
}
