namespace Portico.Notifications.Data;

/// <summary>Work to be done once.</summary>
/// <param name="MemberId">Whom it is for, or, of a webhook, the key of its fact.</param>
/// <param name="Payload">The fact it comes from, for as long as there is something to be done.</param>
internal sealed record DeliveryRow(
    Guid Id, string Channel, string Kind, Guid MemberId, Guid? BookingId, Guid? LocationId, Guid? EndpointId, Guid EventId, string? Payload, string Status,
    DateTimeOffset DueAt, DateTimeOffset? UsefulUntil, int Attempts, string? Failure, DateTimeOffset CreatedAt, DateTimeOffset? SettledAt)
{
    public const string Columns =
        "id, channel, kind, member_id, booking_id, location_id, endpoint_id, event_id, payload, status, due_at, useful_until, attempts, failure, created_at, settled_at";
}
