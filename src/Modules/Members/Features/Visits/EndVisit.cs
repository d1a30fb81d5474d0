using System.ComponentModel.DataAnnotations;
using Portico.Members.Data;
using Portico.Members.Domain.Visits;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Visits;

/// <summary>Why a visit is ended by hand.</summary>
public sealed record EndVisitRequest([property: Required, StringLength(500), RegularExpression(VisitReason.Pattern, ErrorMessage = VisitReason.Needed)] string Reason);

internal static class EndVisit
{
    public static async Task<Results<Ok<VisitResponse>, ProblemHttpResult>> Handle(
        Guid id, EndVisitRequest request, Database<MembersModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var memberId = await change.FindAsync<Guid?>(
            $"select member_id from visits where id = @id and {LocationScope.Sql}",
            new { id, isAdmin = user.IsAdmin, userId = user.Id }, cancellationToken);
        if (memberId is not { } member)
        {
            return Problems.NotFound("visit-not-found", "There is no such visit.");
        }

        await change.LockVisitorAsync(member, cancellationToken);
        var visit = await change.FindVisitAsync(id, cancellationToken);
        if (visit.EndedAt is not null)
        {
            return Problems.Conflict("visit-ended", "The visit has ended already.", ("ended_at", visit.EndedAt), ("closed_by", visit.ClosedBy));
        }

        var now = DoorClock.Whole(time.GetUtcNow());
        if (visit.ClosesAt <= now)
        {
            // The schedule would have said so within the minute.
            await change.EndAsync(member, visit, visit.ClosesAt, VisitEnd.ClosingTime, null, cancellationToken);
        }
        else
        {
            // A device whose clock is ahead may have begun it a moment from now.
            var at = now > visit.StartedAt ? now : visit.StartedAt.AddMilliseconds(1);
            await change.EndAsync(member, visit, at, VisitEnd.Staff, Actor.Staff(user.Id, request.Reason.Trim()), cancellationToken);
        }

        var ended = await change.FindAsync<VisitResponse>(
            $"select {VisitList.Columns} from {VisitList.Tables} where visits.id = @id", new { id }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(ended!);
    }
}
