using System.ComponentModel.DataAnnotations;
using Portico.Contracts.Auth;
using Portico.Members.Data;
using Portico.Members.Domain.Visits;
using Portico.Members.Features.Locations;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Visits;

/// <summary>Who came in without a pass, and why.</summary>
public sealed record CheckInByHandRequest(
    [property: Required] Guid? MemberId,
    [property: Required, StringLength(500), RegularExpression(VisitReason.Pattern, ErrorMessage = VisitReason.Needed)] string Reason);

internal static class CheckInByHand
{
    public static async Task<Results<Created<VisitResponse>, ProblemHttpResult>> Handle(
        Guid id,
        CheckInByHandRequest request,
        Database<MembersModule> database,
        CurrentUser user,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!await database.RunsAsync(user, id, cancellationToken) || await Location.FindAsync(database, id, cancellationToken) is not { } place)
        {
            return LocationProblems.NotFound();
        }

        await using var change = await database.BeginAsync(cancellationToken);
        var visitor = await change.LockVisitorAsync(request.MemberId!.Value, cancellationToken);
        if (visitor is null or { Role: Roles.Kiosk } or { Status: "deleted" })
        {
            return Problems.NotFound("member-not-found", "There is no such member.");
        }

        var now = DoorClock.Whole(time.GetUtcNow());
        if (visitor.WasSuspendedAt(now))
        {
            return ScanAnswers.Problem(DoorRefusal.MemberSuspended);
        }

        var (current, next) = await change.VisitsAroundAsync(visitor.Id, now, cancellationToken);
        var passage = new Passage(place.Id, now, ClosingTime.After(now, place.TimeZone, place.ClosesAt));
        var decision = DoorRule.Decide(passage, current, next);
        if (decision == DoorDecision.Conflict)
        {
            return ScanAnswers.Problem(DoorRefusal.ScanConflict);
        }

        if (decision.Begins is null)
        {
            return Problems.Conflict("already-checked-in", "The member is in.", ("visit_id", current!.Id), ("started_at", current.StartedAt));
        }

        var visitId = await change.ApplyAsync(visitor.Id, passage, decision, current, Actor.Staff(user.Id, request.Reason.Trim()), time, cancellationToken);
        var begun = await change.FindAsync<VisitResponse>(
            $"select {VisitList.Columns} from {VisitList.Tables} where visits.id = @visitId", new { visitId }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Created($"/api/members/locations/{id}/visits?open=true", begun);
    }
}
