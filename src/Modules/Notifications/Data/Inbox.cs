using Portico.Platform.Data;

namespace Portico.Notifications.Data;

/// <summary>What members are shown.</summary>
internal static class Inbox
{
    public const string Channel = "in_app";

    /// <summary>
    /// Whoever shows these members something waits here for whoever is at it, and has to do so before: seq then grows with the order of
    /// commits, and a stream that has told one has missed none before it.
    /// </summary>
    public static Task LockAsync(this Change change, IEnumerable<Guid> members, CancellationToken cancellationToken) => change.ExecuteAsync(
        "select pg_advisory_xact_lock(hashtextextended('notifications-' || member, 0)) from unnest(@members) as member",
        new { members = members.Distinct().Select(member => member.ToString()).Order(StringComparer.Ordinal).ToArray() }, cancellationToken);

    /// <summary>Shows it, unless its member is gone or does not want it. The member is locked.</summary>
    public static Task ShowAsync(
        this Change change, Guid id, Guid memberId, string kind, Guid? bookingId, Guid? locationId, Guid eventId, string payload, DateTimeOffset now,
        CancellationToken cancellationToken) => change.ExecuteAsync(
        """
        insert into notifications (id, member_id, kind, booking_id, location_id, event_id, payload, created_at)
        select @id, @memberId, @kind, @bookingId, @locationId, @eventId, @payload, @now
        where not exists (select from people where id = @memberId and status = 'deleted')
          and not exists (select from unwanted where member_id = @memberId and kind = @kind and channel = 'in_app')
        on conflict do nothing
        """, new { id, memberId, kind, bookingId, locationId, eventId, payload, now }, cancellationToken);
}
