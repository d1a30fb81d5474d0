using Portico.Contracts.Members;
using Portico.Platform.Data;

namespace Portico.Bookings.Data;

/// <summary>Who is in, as Members tells it. Of each member the last visit is kept, also when it is over.</summary>
internal static class Presence
{
    /// <summary>The visit in which the owner of a booking is at its location now; null when they are not.</summary>
    public static Task<Guid?> FindVisitAsync(this Change change, BookingRow booking, CancellationToken cancellationToken) =>
        change.FindAsync<Guid?>(
            "select visit_id from present where member_id = @MemberId and location_id = @LocationId", booking, cancellationToken);

    /// <summary>
    /// A visit began. One that began before the last known is over, since nobody is in two places; and when the end of this very
    /// visit was heard of first, it stays over.
    /// </summary>
    public static Task ArriveAsync(this Change change, MemberCheckedIn fact, CancellationToken cancellationToken) => change.ExecuteAsync(
        """
        insert into last_visits as last (member_id, location_id, visit_id, since) values (@MemberId, @LocationId, @VisitId, @CheckedInAt)
        on conflict (member_id) do update
        set location_id = excluded.location_id, visit_id = excluded.visit_id, since = excluded.since, left_at = null
        where last.visit_id <> excluded.visit_id and last.since <= excluded.since
        """, fact, cancellationToken);

    /// <summary>
    /// A visit ended. When another one is the last known, and began before this end, this one followed it and is over by now;
    /// when it began later, this is old news.
    /// </summary>
    public static Task LeaveAsync(this Change change, MemberCheckedOut fact, CancellationToken cancellationToken) => change.ExecuteAsync(
        """
        insert into last_visits as last (member_id, location_id, visit_id, since, left_at)
        values (@MemberId, @LocationId, @VisitId, @CheckedOutAt, @CheckedOutAt)
        on conflict (member_id) do update
        set location_id = excluded.location_id, visit_id = excluded.visit_id, left_at = excluded.left_at,
            since = case when last.visit_id = excluded.visit_id then last.since else excluded.since end
        where last.visit_id = excluded.visit_id or last.since < excluded.left_at
        """, fact, cancellationToken);
}
