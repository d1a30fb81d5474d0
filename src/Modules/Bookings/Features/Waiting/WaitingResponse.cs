namespace Portico.Bookings.Features.Waiting;

/// <summary>A place in the line for a time.</summary>
/// <param name="Status"><c>waiting</c>, <c>offered</c> (see the booking), <c>left</c>, or <c>over</c>: its time has come without a turn.</param>
/// <param name="Ahead">How many wait for some of the same time in the same space, and came before.</param>
/// <param name="BookingId">The hold that is, or was, their turn.</param>
public sealed record WaitingResponse(
    Guid Id, Guid SpaceId, string SpaceName, Guid LocationId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int People, string? Note, string Status,
    long Ahead, Guid? BookingId, DateTimeOffset CreatedAt)
{
    internal const string Columns =
        """
        entry.id, entry.space_id, space.name as space_name, entry.location_id, entry.starts_at, entry.ends_at, entry.people, entry.note, entry.status,
        (select count(*) from waiting_entries as other
         where entry.status = 'waiting' and other.status = 'waiting' and other.location_id = entry.location_id and other.space_id = entry.space_id
           and (other.created_at, other.id) < (entry.created_at, entry.id)
           and other.starts_at < entry.ends_at and other.ends_at > entry.starts_at) as ahead,
        entry.booking_id, entry.created_at
        """;

    internal const string Tables = "waiting_entries as entry join spaces as space on space.id = entry.space_id";
}
