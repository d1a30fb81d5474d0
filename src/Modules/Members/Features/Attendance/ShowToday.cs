using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Members.Features.Attendance;

/// <summary>An event of today.</summary>
/// <param name="Status"><c>present</c>, <c>late</c>, <c>absent</c>, <c>excused</c>, or <c>pending</c> until I scan or the event is closed.</param>
public sealed record EventToday(
    Guid EventId, string EventName, string Place, Guid LocationId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone,
    DateTimeOffset CheckInOpensAt, DateTimeOffset CheckInClosesAt, string Status, DateTimeOffset? ScannedAt);

/// <summary>What I am expected at, or was at, today.</summary>
public sealed record TodayResponse(IReadOnlyList<EventToday> Items);

internal static class ShowToday
{
    // Today began and ends at most this far from now, wherever the event is and however long its days are.
    private static readonly TimeSpan Reach = TimeSpan.FromHours(27);

    public static async Task<Ok<TodayResponse>> Handle(
        Database<MembersModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var around = await database.QueryAsync<EventToday>(
            """
            select event_id, events.name as event_name, place, location_id, starts_at, ends_at, time_zone,
                   check_in_opens_at, check_in_closes_at, status, scanned_at
            from expected_attendance join events on events.id = event_id
            where member_id = @Id and cancelled_at is null and starts_at < @until and ends_at > @since
            order by starts_at, event_id
            """, new { user.Id, since = now - Reach, until = now + Reach }, cancellationToken);
        return TypedResults.Ok(new TodayResponse([.. around.Where(one => IsToday(one, now))]));
    }

    private static bool IsToday(EventToday one, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(one.TimeZone);
        return LocalDay.Touches(one.StartsAt, one.EndsAt, LocalDay.Of(now, zone), zone);
    }
}
