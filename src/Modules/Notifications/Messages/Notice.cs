namespace Portico.Notifications.Messages;

/// <summary>Something that a fact means to a member.</summary>
/// <param name="DueAt">When it is to be told; null for at once.</param>
/// <param name="UsefulUntil">From when on it is of no use to know it any more.</param>
internal sealed record Notice(
    string Kind, Guid MemberId, Guid? BookingId = null, Guid? LocationId = null, DateTimeOffset? DueAt = null, DateTimeOffset? UsefulUntil = null);
