using Portico.Platform.Data;

namespace Portico.Bookings.Data;

/// <summary>Somebody who waits for a time.</summary>
internal sealed record WaitingEntry(
    Guid Id, Guid SpaceId, Guid LocationId, Guid MemberId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int People, string? Note);

/// <summary>The line of those who wait, the longest waiting first.</summary>
internal static class WaitingSql
{
    /// <summary>True in SQL of who waits for something that <c>@spaceId</c> has a part of, or is a part of.</summary>
    public const string WantsTheSame =
        """
        waiting_entries.status = 'waiting' and waiting_entries.starts_at > @now
        and exists (
            select from space_units as theirs
            join spaces as unit on unit.id = theirs.unit_id
            join space_units as ours on ours.space_id = @spaceId
            join spaces as our_unit on our_unit.id = ours.unit_id
            where theirs.space_id = waiting_entries.space_id
              and coalesce(unit.area_id, unit.id) = coalesce(our_unit.area_id, our_unit.id))
        """;

    /// <summary>
    /// Those who wait at the location for something that <c>@spaceId</c> has a part of, or is a part of, at a time that the day
    /// around <c>@startsAt</c> to <c>@endsAt</c> touches: buffers are no longer than a day.
    /// </summary>
    private const string InLine =
        $"""
        waiting_entries.location_id = @locationId
        and waiting_entries.starts_at < @endsAt::timestamptz + interval '1 day' and waiting_entries.ends_at > @startsAt::timestamptz - interval '1 day'
        and {WantsTheSame}
        """;

    /// <summary>Those who may have a turn when time of a space comes free.</summary>
    public static Task<IReadOnlyList<WaitingEntry>> InLineAsync(
        this Database<BookingsModule> database, Guid locationId, Guid spaceId, DateTimeOffset startsAt, DateTimeOffset endsAt, DateTimeOffset now,
        CancellationToken cancellationToken) => database.QueryAsync<WaitingEntry>(
            $"""
            select id, space_id, location_id, member_id, starts_at, ends_at, people, note from waiting_entries
            where {InLine} order by created_at, id limit 200
            """, new { locationId, spaceId, startsAt, endsAt, now }, cancellationToken);

    /// <summary>Whether somebody other than the member has waited for some of it.</summary>
    public static Task<bool> OthersWaitAsync(
        this Change change, BookableSpace space, DateTimeOffset startsAt, DateTimeOffset endsAt, Guid memberId, DateTimeOffset now,
        CancellationToken cancellationToken) =>
        change.FindAsync<bool>(OthersWait, new { space.LocationId, spaceId = space.Id, startsAt, endsAt, memberId, now }, cancellationToken);

    /// <summary>Whether somebody other than <c>@memberId</c> has waited for it.</summary>
    public const string OthersWait = $"select exists (select from waiting_entries where {InLine} and waiting_entries.member_id <> @memberId)";
}
