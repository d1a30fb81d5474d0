using Microsoft.AspNetCore.Mvc;
using Portico.Contracts.Auth;
using Portico.Members.Data;
using Portico.Members.Domain.Attendance;
using Portico.Members.Features.Events;
using Portico.Members.Features.Locations;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Attendance;

internal static class ShowStatistics
{
    /// <summary>Mine when nothing is named; what is named narrows each other. Cancelled events count nowhere.</summary>
    public static async Task<Results<Ok<AttendanceCounts>, ProblemHttpResult>> Handle(
        [FromQuery(Name = "event_id")] Guid? eventId,
        [FromQuery(Name = "member_id")] Guid? memberId,
        [FromQuery(Name = "location_id")] Guid? locationId,
        Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        var isMine = eventId is null && locationId is null && (memberId is null || memberId == user.Id);
        if (!isMine && await RefuseAsync(database, user, eventId, locationId, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var totals = await database.FindAsync<AttendanceTotals>(
            $"""
            select {AttendanceTotals.Columns}
            from expected_attendance join events on events.id = event_id
            where cancelled_at is null
              and (@isMine or {LocationScope.Sql})
              and (@memberId::uuid is null or member_id = @memberId)
              and (@eventId::uuid is null or event_id = @eventId)
              and (@locationId::uuid is null or location_id = @locationId)
            """,
            new { isMine, isAdmin = user.IsAdmin, userId = user.Id, memberId = isMine ? user.Id : memberId, eventId, locationId }, cancellationToken);
        return TypedResults.Ok(totals!.ToCounts());
    }

    private static async Task<ProblemHttpResult?> RefuseAsync(
        Database<MembersModule> database, CurrentUser user, Guid? eventId, Guid? locationId, CancellationToken cancellationToken)
    {
        if (user.Role is not (Roles.Manager or Roles.Admin))
        {
            return Problems.Forbidden("forbidden", "Members see their own statistics.");
        }

        if (eventId is { } id && await database.FindRunEventAsync(id, user, cancellationToken) is null)
        {
            return EventProblems.NotFound();
        }

        return locationId is { } place && !await database.RunsAsync(user, place, cancellationToken)
            ? LocationProblems.NotFound()
            : null;
    }
}
